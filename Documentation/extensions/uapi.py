# SPDX-License-Identifier: GPL-2.0
"""What user space speaks, from the headers of the interface.

   .. ioctls:: include/uapi/linux/ndproxy.h

The commands, with their numbers, directions and structures.

   .. header-comment:: include/uapi/linux/condis.h

The comment at the beginning of a header, its indented parts as they stand.
"""

import re

import source
from generate import Generated

DIRECTIONS = {'_IO': 'nothing', '_IOR': 'out', '_IOW': 'in', '_IOWR': 'in and out'}


class Ioctls(Generated):
    """A table of the ioctls of a header."""

    required_arguments = 1
    optional_arguments = 0

    def lines(self):
        path = self.arguments[0]
        self.depends(path)
        rows = []
        for found in re.finditer(r'^#define (\w+)\s+(_IO[WR]*)\(\w+, (0x[0-9a-f]+)'
                                 r'(?:, struct (\w+))?\)', source.text(path), flags=re.M):
            name, way, number, struct = found.groups()
            rows.append([f'``{name}``', f'``{number}``', DIRECTIONS[way],
                         f':c:struct:`{struct}`' if struct else 'none'])
        if not rows:
            raise ValueError(f'{path} has no ioctls')
        return source.table(['command', 'number', 'data goes', 'structure and errors'],
                            rows, widths=[40, 10, 15, 35])


class HeaderComment(Generated):
    """The first comment of a header that is longer than a line."""

    required_arguments = 1
    optional_arguments = 0

    def lines(self):
        path = self.arguments[0]
        self.depends(path)
        comment = re.search(r'^/\*\n((?: \*.*\n)+?) \*/', source.text(path), flags=re.M)
        if not comment:
            raise ValueError(f'{path} has no comment at its beginning')
        lines = [re.sub(r'^ \* ?', '', line.rstrip()) for line in
                 comment.group(1).splitlines()]
        out, literal = [], False
        for at, line in enumerate(lines):
            indented = line.startswith('  ')
            if indented and not literal:
                out += ['::', '']
            if line:
                literal = indented
            following = lines[at + 1] if at + 1 < len(lines) else ''
            if re.fullmatch(r'=+', line):
                line = '-' * len(line)
            elif not indented and not re.fullmatch(r'=+', following):
                line = self.text(line)
            out.append(line)
        return out

    @staticmethod
    def text(line):
        words = re.split(r'((?<![\w<])[A-Z][A-Z0-9]*_[A-Z0-9_]*\*?)', line)
        return ''.join(f'``{w}``' if i % 2 else w.replace('*', '\\*')
                       for i, w in enumerate(words))


def setup(app):
    app.add_directive('ioctls', Ioctls)
    app.add_directive('header-comment', HeaderComment)
    return {'parallel_read_safe': True}
