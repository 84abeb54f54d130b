"""Who asks, and what a finding means for him: from findings to a verdict.

| a rule's sort | shown, source read | shown, from memory | not all known |
|---|---|---|---|
| prohibition | stop | review | review |
| exposure | review | review | review |
| guidance, red flag | review | review | review |
| duty, exemption | nothing | nothing | nothing |

An asker who does not say who he is gets `review` where another would get `stop`: that
it is a prohibition for him is not known. A profile may hold harder
(`[verdicts] exposure = "stop"`), never softer: an unknown fact and a row of law from
memory stay at `review` for everyone.
"""

from collections.abc import Iterable, Mapping

from clearway.rules import Finding, Mark, Sort
from clearway.rules.rule import PERSONS, Rule
from clearway.screen.config import Configuration
from clearway.screen.screening import Verdict

SHOWN: Mapping[Sort, Verdict] = {
    Sort.PROHIBITION: Verdict.STOP,
    Sort.EXPOSURE: Verdict.REVIEW,
    Sort.GUIDANCE: Verdict.REVIEW,
    Sort.RED_FLAG: Verdict.REVIEW,
    Sort.DUTY: Verdict.CLEAR,
    Sort.EXEMPTION: Verdict.CLEAR,
}
"""The verdict each sort of finding asks for where everything it needs is known."""

_NO_EFFECT = (Sort.DUTY, Sort.EXEMPTION)


def persons(config: Configuration) -> frozenset[str]:
    """Whose law is asked: the asker's, or everyone's where he does not say."""
    return frozenset(config.binds or PERSONS)


def verdict_of(finding: Finding, config: Configuration) -> Verdict:
    """What one finding asks for."""
    return verdict_for(finding, config, shown=finding.shown)


def verdict_for(row: Finding | Rule, config: Configuration, *, shown: bool) -> Verdict:
    """What a rule that holds asks for, if all its facts are shown, or if not."""
    if row.sort in _NO_EFFECT:
        return Verdict.CLEAR
    sure = shown and row.law.evidence is not Mark.MEMORY
    if not sure or not config.binds:
        return Verdict.REVIEW
    return Verdict(config.verdicts.get(str(row.sort), SHOWN[row.sort]))


def verdict_of_all(
    findings: Iterable[Finding], config: Configuration
) -> tuple[Verdict, tuple[str, ...]]:
    """The gravest of all, and how many findings asked for it."""
    found = [(verdict_of(finding, config), finding) for finding in findings]
    gravest = max((v for v, _ in found), key=lambda v: v.rank, default=Verdict.CLEAR)
    if gravest is Verdict.CLEAR:
        return gravest, ()
    asking = [finding for verdict, finding in found if verdict is gravest]
    sorts: dict[str, int] = {}
    for finding in asking:
        name = str(finding.sort).replace("_", " ")
        sorts[name] = sorts.get(name, 0) + 1
    said = ", ".join(f"{count} {name}" for name, count in sorts.items())
    return gravest, (f"{said} by the law of the day, first {asking[0].rule}",)
