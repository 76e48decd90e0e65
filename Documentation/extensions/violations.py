# SPDX-License-Identifier: GPL-2.0
"""The rules of the verifier.

   .. violations::

Each kind of breach, from the table in drivers/condis/verifier.c, with what the user ABI says of
it in include/uapi/linux/condis.h.  A kind that one of them lacks is an error.
"""

import re

import source
from generate import Generated

TABLE = 'drivers/condis/verifier.c'
HEADER = 'include/uapi/linux/condis.h'
PREFIX = 'CONDIS_VIOLATION_'


def meanings():
    """What each kind is, from the kernel-doc of the enum."""
    for kind, name, _, comment in source.kernel_doc_comments(source.text(HEADER)):
        if kind == 'enum' and name == 'condis_violation':
            return {member[len(PREFIX):]: text
                    for member, text in source.kernel_doc_members(comment)
                    if member.startswith(PREFIX) and not member.endswith('_NONE')}
    raise ValueError(f'{HEADER} has no documented enum condis_violation')


def rules():
    """Rule and source of each kind."""
    found = re.findall(rf'\[{PREFIX}(\w+)\] = {{\s*"(\w+)",\s*"([^"]+)",\s*"([^"]+)",\s*}}',
                       source.text(TABLE))
    for kind, name, _, _ in found:
        if kind != name:
            raise ValueError(f'{TABLE}: {kind} is called {name}')
    return {name: (text, where) for name, _, text, where in found}


class Violations(Generated):
    """The kinds as a table."""

    required_arguments = 0
    optional_arguments = 0

    def lines(self):
        self.depends(TABLE)
        self.depends(HEADER)
        table, about = rules(), meanings()
        if set(table) != set(about):
            raise ValueError(f'{TABLE} and {HEADER} differ: {set(table) ^ set(about)}')
        rows = [[f'``{name}``', source.rst_text(text), source.rst_text(table[name][0]),
                 source.rst_text(table[name][1])] for name, text in about.items()]
        return source.table(['violation', 'what was seen', 'the rule', 'its source'], rows,
                            widths=[20, 28, 32, 20])


def setup(app):
    app.add_directive('violations', Violations)
    return {'parallel_read_safe': True}
