# SPDX-License-Identifier: GPL-2.0
"""c-code: a function, structure or table of the source as it is there, with its comment.

   .. c-code:: drivers/example/mcm_call.c mcm_make_call call_offer
      :plain:

With :plain:, without the comment before it. A name that is not in the file stops the build
of the manual, so a page that shows code cannot show what is not there.
"""

import re

from docutils.parsers.rst import directives

import source
from generate import Generated


def definition(lines, name):
    """The first and the last line of what is defined by this name, or None."""
    for at, line in enumerate(lines):
        if line[:1] in ('', ' ', '\t', '#', '/', '}') or not re.search(rf'\b{name}\b', line):
            continue
        for end in range(at, len(lines)):
            if re.match(r'\}', lines[end]):
                return at, end
            # A declaration, or a mention.
            if lines[end].rstrip().endswith(';') and '{' not in ''.join(lines[at:end + 1]):
                break
    return None


def comment_before(lines, at):
    """Where the comment begins that stands right before a line, or that line."""
    if not at or not lines[at - 1].rstrip().endswith('*/'):
        return at
    first = at - 1
    while first and not lines[first].startswith('/*'):
        first -= 1
    return first


class CCode(Generated):
    """Definitions of a C source."""

    required_arguments = 2
    optional_arguments = 0
    final_argument_whitespace = True
    option_spec = {'plain': directives.flag}

    def lines(self):
        path = self.arguments[0]
        self.depends(path)
        text = source.text(path).splitlines()
        out = ['.. code-block:: c', '']
        for number, name in enumerate(self.arguments[1].split()):
            found = definition(text, name)
            if not found:
                raise ValueError(f'{path} does not define {name}')
            first, last = found
            if 'plain' not in self.options:
                first = comment_before(text, first)
            if number:
                out.append('')
            out += ['   ' + line.expandtabs(8) for line in text[first:last + 1]]
        return out + ['']


def setup(app):
    app.add_directive('c-code', CCode)
    return {'parallel_read_safe': True}
