"""QR codes: from a printed sheet back to its page."""

from __future__ import annotations

from markupsafe import Markup

MASK = 3
"""Any mask is valid. Trying all eight takes four times as long, and each sheet has a code."""


def quick_code(address: str) -> Markup:
    """Return the QR code of an address as SVG that styles can size."""
    import segno  # most builds know no address and need none of its fifty modules

    code = segno.make_qr(address, error="m", mask=MASK, boost_error=False)
    return Markup(code.svg_inline(border=2, omitsize=True, svgclass="sk-code", lineclass=None))
