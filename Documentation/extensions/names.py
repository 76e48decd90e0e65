# SPDX-License-Identifier: GPL-2.0
"""names-functions, names-handlers: from the names of CoNDIS to those of the source.

The kernel-doc of each function and handler says which one of CoNDIS it is.
"""

import re

import source
from generate import Generated

THEIRS = r'(?:Ndis|Protocol|Miniport|NetEvent)\w+'


class Functions(Generated):
    """condis_x() by the names of NDIS's functions."""

    optional_arguments = 0

    def lines(self):
        rows = []
        for path in source.files('drivers/condis/*.c'):
            self.depends(path)
            for kind, name, short, _ in source.kernel_doc_comments(source.text(path)):
                found = re.match(rf'({THEIRS})(?:: (.*))?$', short)
                if kind == 'function' and found:
                    rows.append([f'``{found.group(1)}``', f':c:func:`{name}`',
                                 source.rst_text(found.group(2) or '')])
        rows.sort()
        return source.table(['CoNDIS', 'here', 'what it does'], rows, widths=[35, 35, 30])


class Handlers(Generated):
    """Members of the ops structures by the names of the handlers."""

    optional_arguments = 0

    def lines(self):
        rows = []
        for path in source.files('include/condis/*.h'):
            self.depends(path)
            for kind, struct, _, comment in source.kernel_doc_comments(source.text(path)):
                if kind != 'struct' or not (struct.endswith('_ops') or
                                            struct == 'condis_protocol'):
                    continue
                for member, meaning in source.kernel_doc_members(comment):
                    found = re.match(rf'({THEIRS})', meaning)
                    if found:
                        rows.append([f'``{found.group(1)}``', f'``{member}``',
                                     f':c:struct:`{struct}`'])
        rows.sort()
        return source.table(['CoNDIS', 'member', 'of'], rows, widths=[40, 30, 30])


def setup(app):
    app.add_directive('names-functions', Functions)
    app.add_directive('names-handlers', Handlers)
    return {'parallel_read_safe': True}
