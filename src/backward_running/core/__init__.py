"""The words everybody uses: nouns, names with units, errors, the plug finder, ports. Imports nothing of ours."""
