# SPDX-License-Identifier: GPL-2.0
"""tagged: a list of numbered rules, each with the places of the source that keep it.

   .. tagged::

      R1 | what happens | what is done
      R2 | ... | ... | src/file.c:function()

A comment of the source that decides a case names its number; those places are
found when the pages are built.  A fourth column adds places where no comment
does.  A number without any place is an error, and so is one that the source
names and no list has.
"""

import re


import source
from generate import Generated

FILES = ('drivers/*/*.c',)


def enclosing(lines, number):
    """The function, or the table and its row, around a line, or after a comment."""
    row = None
    for at in range(number, -1, -1):
        found = re.match(r'\t\[S\((\w+)\)\] = \{', lines[at])
        if found and not row:
            row = found.group(1)
        found = re.match(r'(\w+_table)\[', lines[at])
        if found:
            return f'{found.group(1)}[{row}]'
        if lines[at].startswith('}'):
            break
        found = re.match(r'(?!static const struct)[a-z][\w *]*?\b(\w+)\(', lines[at])
        if found and not lines[at].rstrip().endswith(';'):
            return found.group(1) + '()'
    for at in range(number, len(lines)):
        found = re.match(r'(?!static const struct)[a-z][\w *]*?\b(\w+)\(', lines[at])
        if found and not lines[at].rstrip().endswith(';'):
            return found.group(1) + '()'
    return None


def places(letter):
    """Places of the source by number."""
    found = {}
    for path in source.files(*FILES):
        lines = source.text(path).splitlines()
        comment = False
        for number, line in enumerate(lines):
            comment = comment or '/*' in line
            if comment:
                for tag in re.findall(rf'\b{letter}(\d+)\b(?=[,:;.)\s]|$)', line):
                    where = enclosing(lines, number)
                    shown = f'``{where}`` in {path}' if where else path
                    if shown not in found.setdefault(int(tag), []):
                        found[int(tag)].append(shown)
            if '*/' in line:
                comment = False
    return found


class Tagged(Generated):
    """The list, with its places."""

    has_content = True
    optional_arguments = 0

    def lines(self):
        rows, seen, letter = [], set(), None
        for path in source.files(*FILES):
            self.depends(path)
        for entry in '\n'.join(self.content).split('\n\n'):
            cells = [' '.join(c.split()) for c in entry.split('|')]
            found = re.match(r'([A-Z])(\d+)$', cells[0])
            if not found or len(cells) not in (3, 4):
                raise ValueError(f'not an entry: {entry}')
            if not letter:
                letter = found.group(1)
                where = places(letter)
            number = int(found.group(2))
            seen.add(number)
            at = list(where.get(number, []))
            if len(cells) == 4:
                at += [self.check(c.strip()) for c in cells[3].split(',')]
            if not at:
                raise ValueError(f'{cells[0]} has no place in the source')
            rows.append([cells[0], cells[1], cells[2], '; '.join(at)])
        unknown = sorted(set(where) - seen)
        if unknown:
            raise ValueError(f'the source speaks of {letter}{unknown[0]}, the list does not')
        return source.table(['', 'what happens', 'what is done', 'where'], rows,
                            widths=[5, 30, 40, 25])

    @staticmethod
    def check(place):
        """A place that was named by hand; "-" for none."""
        if place == '-':
            return '\\-'
        path, _, word = place.partition(':')
        if word and not re.search(r'\b' + re.escape(word.removesuffix('()')) + r'\b',
                                  source.text(path)):
            raise ValueError(f'{path} does not have {word}')
        return f'``{word}`` in {path}' if word else path


def setup(app):
    app.add_directive('tagged', Tagged)
    return {'parallel_read_safe': True}
