"""Constants that would be wrong if flowmap took a shortcut: a hole or a reason is right, a confident mistake is not."""

from __future__ import annotations

import pytest
from linking import value_of, wrong

BEFORE = """
    from enum import Enum
    from lib import unknown
    P, Q, N, EMPTY, NONE = "shop", "a.b", 3, "", None
    FORMAT = "{}"
    class Plain(Enum):
        A = "a"
    class Text(str, Enum):
        A = "a"
"""


@pytest.mark.parametrize(
    ("expression", "truth"),
    [
        ("f'{N:03}.x'", "003.x"),
        ("f'{P!r}.x'", "'shop'.x"),
        ("f'{P:>6}.x'", "  shop.x"),
        ("f'{N=}.x'", "N=3.x"),
        ("f'{P!s}.x'", "shop.x"),
        ("P * N + '.x'", "shopshopshop.x"),
        ("str(N - 1) + '.x'", "2.x"),
        ("str(not P) + '.x'", "False.x"),
        ("str(NONE) + '.x'", "None.x"),
        ("f'{NONE}.x'", "None.x"),
        ("f'{Plain.A.name}.x'", "A.x"),
        ("P[::-1] + '.x'", "pohs.x"),
        ("P[0] + '.x'", "s.x"),
        ("P[:N - 1] + '.x'", "sh.x"),
        ("[*unknown, 'a'][-1] + '.x'", "a.x"),
        ("FORMAT.format(P) + '.x'", "shop.x"),
        ("'{0[0]}.x'.format(P)", "s.x"),
        ("'{p.a}.x'.format(p=unknown)", "{}.x"),
        ("'.'.join({'a': 1}) + '.x'", "a.x"),
        ("'-'.join(P) + '.x'", "s-h-o-p.x"),
        ("'a,b'.split(',', N)[1] + '.x'", "b.x"),
        ("bytes('a', 'utf8').hex() + '.x'", "61.x"),
        ("str(len(P)) + '.x'", "4.x"),
        ("str(bool(P)) + '.x'", "True.x"),
        ("str(int('7') + 1) + '.x'", "8.x"),
        ("str(1.0) + '.x'", "1.0.x"),
        ("str(10 ** 3) + '.x'", "1000.x"),
        ("(EMPTY or P) + '.x'", "shop.x"),
        ("' '.join(x for x in 'b a'.split()) + '.x'", "b a.x"),
        ("str(max(1, 2)) + '.x'", "2.x"),
        ("(lambda *a: a[-1])('p', 'q') + '.x'", "q.x"),
        ("'.'.join(filter(None, [EMPTY, P])) + '.x'", "shop.x"),
        ("str(True + 1) + '.x'", "2.x"),
        ("{1: 'one'}.get(True, '') + '.x'", "one.x"),
        ("str([P].index(P)) + '.x'", "0.x"),
        ("f'{[P]}.x'", "['shop'].x"),
        ("P.join('ab') + '.x'", "ashopb.x"),
        ("'{}{}'.format(*[P, Q]) + '.x'", "shopa.b.x"),
        ("'{a}'.format_map({'a': P}) + '.x'", "shop.x"),
        ("Q.split('.', maxsplit=1)[1] + '.x'", "b.x"),
        ("'a-b'.replace('-', '.', 0) + '.x'", "a-b.x"),
        ("str(N / 2) + '.x'", "1.5.x"),
        ("'%5s.x' % P", " shop.x"),
        ("'%03d.x' % N", "003.x"),
        ("'%r.x' % P", "'shop'.x"),
        ("'{:>6}.x'.format(P)", "  shop.x"),
        ("'{!r}.x'.format(P)", "'shop'.x"),
        ("str(EMPTY and Q) + '.x'", ".x"),
        ("str(NONE and Q) + '.x'", "None.x"),
        ("'.'.join(x for x in [EMPTY, P] if x) + '.x'", "shop.x"),
        ("'.'.join(x for x in [P, Q] if x != P) + '.x'", "a.b.x"),
        ("''.join(sorted([P, Q])) + '.x'", "a.bshop.x"),
        ("''.join(reversed([P, Q])) + '.x'", "a.bshop.x"),
        ("''.join(f'{i}{x}' for i, x in enumerate([P], 1)) + '.x'", "1shop.x"),
        ("''.join(f'{i}{x}' for i, x in enumerate([P], start=1)) + '.x'", "1shop.x"),
        ("f'{Plain.A}.x'", "Plain.A.x"),
        ("str(Text.A) + '.x'", "Text.A.x"),
        ("'%s.x' % (Plain.A,)", "Plain.A.x"),
        wrong("[P, Q].pop() + '.x'", "a.b.x", reason="pop() gives any element instead of the last"),
        ("''.join({P, P}) + '.x'", "shop.x"),
        ("[P, Q][::-1][0] + '.x'", "a.b.x"),
        ("[P, Q, 'z'][::2][1] + '.x'", "z.x"),
        ("'.'.join(sorted([P, Q], key=len)) + '.x'", "a.b.shop.x"),
        ("'.'.join(x for x in [P, Q] if x in unknown) + '.x'", "shop.a.b.x"),
        ("'%s.%s' % (P,) + '.x'", "shop.x"),
        ("f'{P:>999999999}.x'", "shop.x"),
        ("P * 99999999 + '.x'", "shop.x"),
        ("P[::N] + '.x'", "sp.x"),
        ("P[::unknown] + '.x'", "sp.x"),
        ("'a=%s' % [P] + '.x'", "a=['shop'].x"),
    ],
)
def test_nothing_is_claimed_that_python_would_not_say(expression: str, truth: str) -> None:
    (found,) = value_of(expression, BEFORE)
    assert found == truth or "{}" in found or found.startswith("? ")
