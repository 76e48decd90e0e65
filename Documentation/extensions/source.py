# SPDX-License-Identifier: GPL-2.0
"""What the other extensions read from the source of the project."""

import re
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]


def text(path):
    """A file of the tree, by its path from the top."""
    return (TOP / path).read_text(encoding='utf-8')


def files(*patterns):
    """The files that match, by their paths from the top, in order."""
    found = []
    for pattern in patterns:
        found += sorted(str(p.relative_to(TOP)) for p in TOP.glob(pattern))
    return found


def kernel_doc_members(comment):
    """The members of a kernel-doc comment, as (name, text)."""
    members = []
    for line in comment.splitlines():
        line = re.sub(r'^ \* ?', '', line.rstrip())
        match = re.match(r'@(\w+): (.*)', line)
        if match:
            members.append([match.group(1), match.group(2)])
        elif not line.strip():
            members.append(None)
        elif members and members[-1] and line[0] in ' \t':
            members[-1][1] += ' ' + line.strip()
    return [tuple(m) for m in members if m]


def kernel_doc_comments(source):
    """All kernel-doc comments of a source, as (kind, name, short, comment)."""
    for match in re.finditer(r'/\*\*\n((?: \*.*\n)+?) \*/', source):
        comment = match.group(1)
        head = re.match(r' \* (?:(struct|enum|union) )?(\w+)(?:\(\))? - (.*)', comment)
        if head:
            yield head.group(1) or 'function', head.group(2), head.group(3), comment


def rst_text(words):
    """Text of a comment as reST: @member, CONSTANT and function() are set as code."""
    words = words.replace('\\', '\\\\').replace('*', '\\*').replace('`', '\\`')
    words = re.sub(r'(?<![\w`])(@\w+(?:->\w+)?)', r'``\1``', words)
    words = re.sub(r'(?<![\w`@])(\w+\(\))', r'``\1``', words)
    words = re.sub(r'(?<![\w`@])([A-Z][A-Z0-9]*_[A-Z0-9_]+)(\\\*)?(?![\w`])',
                   lambda m: '``' + m.group(1) + ('*' if m.group(2) else '') + '``', words)
    words = re.sub(r'(?<![\w`@])(\w+)_(?![\w`])', r'\1\\_', words)
    return words.replace('|', '\\|')


def table(header, rows, widths=None, classes=None):
    """A list-table of reST, as lines."""
    lines = ['.. list-table::', '   :header-rows: 1']
    if widths:
        lines.append('   :widths: ' + ' '.join(str(w) for w in widths))
    if classes:
        lines.append('   :class: ' + classes)
    lines.append('')
    for row in [header] + rows:
        for i, cell in enumerate(row):
            lines.append(('   * - ' if i == 0 else '     - ') + (cell or '\\ '))
    lines.append('')
    return lines
