from __future__ import annotations

import pytest
from homes_reading import Reading, section

GATE = """\
# Gate 2: Frames are trusted

**Phase**: Phase 2
**Pass condition**: all functional, 80% performance, 2 of 3 quality

- [x] Signed off

## Functional criteria (1/2)

- [x] Frames survive a round trip
  - [ ] also over radio
- [ ] Unknown versions are refused

## Performance

**Latency**:
- [ ] below 3 ms

- Memory:
  - [X] below 10 MB

### Acceptance criteria

- [ ] measured twice

## Quality requirements

1. [~] Every field is documented
2. [x] ~~Names are Latin~~
3. [✓] No warnings

## Next steps

- [ ] book the laboratory

## Notes

**To do**:
- [ ] call them

Plain words.

- [ ] counted again
"""


def test_criteria_know_their_category_and_state() -> None:
    record = Reading(GATE, section("gate")).only

    assert [(one.text, one.category, one.met, one.dropped) for one in record.criteria] == [
        ("Signed off", "", True, False),
        ("Frames survive a round trip", "functional", True, False),
        ("Unknown versions are refused", "functional", False, False),
        ("below 3 ms", "latency", False, False),
        ("below 10 MB", "memory", True, False),
        ("measured twice", "performance", False, False),
        ("Every field is documented", "quality", False, True),
        ("~~Names are Latin~~", "quality", False, True),
        ("No warnings", "quality", True, False),
        ("counted again", "notes", False, False),
    ]


def test_the_pass_condition_is_read_by_category() -> None:
    values = Reading(GATE, section("gate")).only.values

    assert values["pass_condition"] == {"functional": "all", "performance": "80%", "quality": "2"}


def test_the_mark_is_the_character_between_the_brackets() -> None:
    reading = Reading(GATE, section("gate"))

    assert [reading.source.slice(one.mark_span) for one in reading.only.criteria] == list("xx  X ~x✓ ")


@pytest.mark.parametrize("form", ["**Acceptance criteria**: 4/5 hold", "**Acceptance criteria**:\n- quick\n- small"])
def test_criteria_without_boxes_have_no_state(form: str) -> None:
    assert Reading(f"## H1: One\n\n{form}\n", section("hole")).only.criteria == ()


def test_plain_criteria_are_kept_as_values() -> None:
    values = Reading("## H1: One\n\n**Acceptance criteria**:\n- quick\n- small\n", section("hole")).only.values

    criteria = values["criteria"]
    assert isinstance(criteria, list)
    assert [one["text"] for one in criteria if isinstance(one, dict)] == ["quick", "small"]
