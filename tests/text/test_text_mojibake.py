from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsync.text.edits import apply
from docsync.text.mojibake import find_damage, mapped

SIGNS = "✅⏳❌→≥🔒🟡🎉⏸️–…ü"


def garbled(text: str, codec: str) -> str:
    """Read UTF-8 in another charset, letting through the bytes that it has no character for."""
    return "".join(bytes((byte,)).decode(codec, "ignore") or chr(byte) for byte in text.encode())


def lossy(text: str, codec: str, mark: str) -> str:
    return "".join(bytes((byte,)).decode(codec, "ignore") or mark for byte in text.encode())


def repaired(text: str) -> str:
    damage = find_damage(text)
    return apply(text, damage.repairs) if damage else text


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp1252", "Windows-1252"),
        ("cp1254", "Windows-1254"),
        ("cp1250", "Windows-1250"),
        ("mac_roman", "Mac Roman"),
        ("cp437", "code page 437"),
    ],
)
def test_each_charset_is_told_from_the_others_and_undone(codec: str, name: str) -> None:
    damage = find_damage(garbled(f"plain {SIGNS} text", codec))
    assert damage is not None
    assert damage.charset == name
    assert apply(garbled(f"plain {SIGNS} text", codec), damage.repairs) == f"plain {SIGNS} text"


@pytest.mark.parametrize("codec", ["cp1252", "cp1254", "cp1250"])
@pytest.mark.parametrize("mark", ["", "\ufffd"])
@pytest.mark.parametrize("sign", ["⏳", "❌", "⏸", "🎯", "⚠\ufe0f", "🏗\ufe0f", "❗"])
def test_a_sign_that_lost_a_byte_is_known_again(codec: str, mark: str, sign: str) -> None:
    text = f"{lossy('✅', codec, mark)} {lossy('🚧', codec, mark)} | {{}} |"
    assert repaired(text.format(lossy(sign, codec, mark))) == f"✅ 🚧 | {sign} |"


def test_what_could_have_been_several_signs_is_left() -> None:
    """A memo and a folder differ by just the byte that is lost."""
    assert lossy("📝", "cp1252", "") == lossy("📁", "cp1252", "")
    assert repaired("âœ… ðŸ“ done") == "✅ ðŸ“ done"


@pytest.mark.parametrize(
    "text",
    [
        "# Plain",
        "✅ → ≥ 🔒 done",
        "Ã‰tat Â§ 4",  # letters of two characters alone, which somebody may have meant
        "“été” ‚Ähnlich‘ „Öl“ l’été",
        "Cây bức tranh, yağış, gâşte, à la fin",
        "Γαλάτεια · π ≈ 3",
    ],
)
def test_what_somebody_may_have_meant_is_left(text: str) -> None:
    assert find_damage(text) is None


def test_letters_are_put_right_beside_a_sign() -> None:
    assert repaired("Ã‰tat â†’ Â§ 4") == "État → § 4"


def test_signs_that_are_right_stay_beside_others() -> None:
    assert repaired("✅ âœ… ⏳ â³") == "✅ ✅ ⏳ ⏳"


WRITTEN = st.text(st.sampled_from("abcXYZ 019\t\n#*|-[]äöüßéèñçşığ→≥“”—…⏳🔒🎉"))
"""Text as people write it: rare characters, garbled, can be read as other ones of another charset just as well."""


@given(WRITTEN, st.sampled_from(["cp1252", "cp1254", "cp1250", "mac_roman", "cp437"]))
def test_whatever_was_garbled_edits_are_in_order_and_places_agree(text: str, codec: str) -> None:
    seen = garbled(f"{text}✅{text}", codec)
    damage = find_damage(seen)
    assert damage is not None
    after = apply(seen, damage.repairs)
    assert "✅" in after
    for (meant, stands), edit in zip(mapped(damage.repairs), damage.repairs, strict=True):
        assert after[meant.start : meant.end] == edit.text
        assert stands == edit.span


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    damage = find_damage(text)
    assert damage is None or damage.repairs


def test_time_grows_with_the_text() -> None:
    """Leads without what must follow them cost no more than any other character."""
    text = "â‚\uf8ffΓ≡Â√" * 300_000
    before = time.process_time()
    find_damage(text)
    assert time.process_time() - before < 20  # what is quadratic takes minutes
