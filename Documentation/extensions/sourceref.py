# SPDX-License-Identifier: GPL-2.0
"""src: a place in the source, checked when the pages are built.

   :src:`drivers/condis/call.c`, :src:`drivers/condis/call.c:condis_call_apply()`

What is named after the colon must be in that file: a name that was changed in
the source and not in the page is a warning.
"""

import re

from docutils import nodes

import source


def src_role(name, rawtext, text, lineno, inliner, options=None, content=None):
    path, _, word = text.partition(':')
    problem = None
    if not (source.TOP / path).exists():
        problem = f'{path} is not in the source'
    elif word and not re.search(r'\b' + re.escape(word.removesuffix('()')) + r'\b',
                                source.text(path)):
        problem = f'{path} does not have {word}'
    if problem:
        message = inliner.reporter.warning(problem, line=lineno)
        return [inliner.problematic(rawtext, rawtext, message)], [message]
    shown = f'{word} in {path}' if word else path
    return [nodes.literal(rawtext, shown)], []


def setup(app):
    app.add_role('src', src_role)
    return {'parallel_read_safe': True}
