"""The layout of the Jinja templates: 120 columns, a block on a line of its own, attributes folded under their tag.

``python -m tools.templates --check`` names the templates that are laid out otherwise, ``--write`` lays them out. A line
is broken only where white space is or makes no difference: between blocks, between attributes, inside an expression. So
a page looks the same before and after. What a formatter cannot see in a template, such as which class is a flex row, is
said in ``pyproject.toml`` under ``tool.templates``.
"""
