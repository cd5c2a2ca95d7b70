"""Answers with other fields, wherever a field lives: what was typed, the facts, or the restart."""

from __future__ import annotations

from dataclasses import fields, replace

from backward_running.plans.base import Answers, PlanFacts, Restart

FACTS = frozenset(one.name for one in fields(PlanFacts))
RESTART = frozenset(one.name for one in fields(Restart))


def altered(answers: Answers, **changed: object) -> Answers:
    """Return the answers with those fields changed; each goes to the record that has it."""
    typed = {name: value for name, value in changed.items() if name not in FACTS | RESTART}
    facts = replace(answers.facts, **{name: changed[name] for name in FACTS & set(changed)})
    restart = replace(answers.restart, **{name: changed[name] for name in RESTART & set(changed)})
    return replace(answers, **typed, facts=facts, restart=restart)
