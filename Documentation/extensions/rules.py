# SPDX-License-Identifier: GPL-2.0
"""rules: a list of rules, each with the tests that hold the source against it.

   .. rules::

      R1 | what is asked | suite.case, suite.case
      2.13 | what is asked | -- why there is no test

A test is named by its suite, a file of tests/kunit/ or tests/suites/, and its case.
One that is not there stops the build of the page; run by itself, this file checks the
page on rules, and that no number of it is missing.
"""

import re
import sys

import source

PAGE = 'Documentation/testing-rules.rst'
FOLDERS = ('tests/kunit', 'tests/suites')

# What the page has to have; whatever else is numbered may come on top.
NUMBERS = [f'{letter}{n}' for letter, last in (('R', 26), ('C', 15), ('F', 15), ('I', 12),
                                               ('N', 22), ('T', 13), ('M', 8), ('A.', 14), ('D.', 18),
                                               ('check ', 19))
           for n in range(1, last + 1)] + [f'2.{n}' for n in range(1, 19)] + ['B']


def entries(content):
    """The entries of a list, as (number, rule, tests)."""
    for entry in re.split(r'\n\s*\n', content.strip()):
        cells = [' '.join(c.split()) for c in entry.split('|')]
        if len(cells) != 3 or not all(cells):
            raise ValueError(f'not an entry: {entry.strip()}')
        yield tuple(cells)


def cases(suite):
    """The cases of a suite, or None if there is no such file."""
    for folder in FOLDERS:
        path = f'{folder}/{suite}.c'
        if source.files(path):
            found = re.findall(r'(?:KUNIT_CASE\w*|[A-Z]+_TEST|cmocka_unit_test\w*)\(\s*(\w+)',
                               source.text(path))
            return path, set(found)
    return None, None


def check(number, tests):
    """The tests of an entry, as (path, case); a reason instead of them is as good."""
    found = []
    if tests.startswith('--'):
        if len(tests) < 12:
            raise ValueError(f'{number}: no test, and no reason')
        return found
    for test in tests.split(','):
        match = re.fullmatch(r'(\w+)\.(\w+)', test.strip())
        if not match:
            raise ValueError(f'{number}: not a test: {test.strip()}')
        path, names = cases(match.group(1))
        if not path:
            raise ValueError(f'{number}: there is no suite {match.group(1)}')
        if match.group(2) not in names:
            raise ValueError(f'{number}: {path} has no case {match.group(2)}')
        found.append((path, match.group(2)))
    return found


def main():
    """Check the page; the number of what is wrong is the status."""
    text, seen, wrong, tests = source.text(PAGE), set(), 0, set()
    for block in re.findall(r'^\.\. rules::\n\n((?:(?:   .*)?\n)+)', text, re.M):
        for number, _, named in entries(block):
            try:
                tests.update(check(number, named))
            except ValueError as err:
                print(f'{PAGE}: {err}')
                wrong += 1
            if number in seen:
                print(f'{PAGE}: {number} is there twice')
                wrong += 1
            seen.add(number)
    for number in NUMBERS:
        # A rule of several parts: 2.1 is there as 2.1 a, 2.1 b and so on.
        if number not in seen and not any(s.startswith(number + ' ') for s in seen):
            print(f'{PAGE}: {number} is missing')
            wrong += 1
    print(f'{len(seen)} rules, {len(tests)} tests')
    return min(wrong, 125)


if __name__ == '__main__':
    sys.exit(main())

# docutils is there only when the pages are built.
from generate import Generated  # noqa: E402


class Rules(Generated):
    """The list, with its tests."""

    has_content = True
    optional_arguments = 0

    def lines(self):
        rows = []
        for number, rule, tests in entries('\n'.join(self.content)):
            found = check(number, tests)
            for path, _ in found:
                self.depends(path)
            shown = '; '.join(f'``{path.rsplit("/", 1)[1][:-2]}.{case}``' for path, case in found)
            rows.append([number, rule, shown or tests.removeprefix('--').strip()])
        return source.table(['', 'rule', 'tests'], rows, widths=[6, 44, 50])


def setup(app):
    app.add_directive('rules', Rules)
    return {'parallel_read_safe': True}
