#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""manual.py TOOLS: the manual pages are right, and say all that there is.

mandoc and groff have nothing to say; each command with its options, each knob, each function
of the libraries, each ioctl with its errors, and each parameter of a module stands in its page.
TOOLS is the folder in which the tools were built, and the pages of libtapi made.
"""

import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
MAN = TOP / 'tools' / 'man'
BAD = []


def bad(text):
    BAD.append(text)


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=False)


def lint(page):
    got = run('mandoc', '-T', 'lint', '-W', 'warning', str(page))
    for line in got.stdout.splitlines():
        bad(line)
    got = run('groff', '-ww', '-t', '-man', '-Tutf8', '-z', str(page))
    for line in got.stderr.splitlines():
        bad(f'{page.name}: {line}')
    return re.sub(r'.\x08', '', run('mandoc', '-T', 'ascii', str(page)).stdout)


def sections(text):
    """What is indented under a heading of --help."""
    found = {}
    name = ''
    for line in text.splitlines():
        if re.fullmatch(r'[A-Z].*:', line):
            name = line.split(',')[0].rstrip(':')
            found[name] = []
        elif name:
            found[name].append(line)
    return found


def commands(condisctl, path=()):
    """Each command that is no group, with its options and knobs."""
    text = run(condisctl, *path, '--help').stdout
    parts = sections(text)
    if 'Commands' in parts:
        for line in parts['Commands']:
            name = re.match(r'  (\S+)', line)
            if name:
                yield from commands(condisctl, (*path, name.group(1)))
        return
    names = {part: re.findall(r'^  --(\S+)', '\n'.join(lines), flags=re.M)
             for part, lines in parts.items()}
    yield ' '.join(path), names.get('Options', []), names.get('Knobs', [])


def check_tapi_commands(tapi, page):
    count = 0
    for name, options, _ in commands(tapi):
        count += 1
        if not re.search(rf'^   tapi {name}$', page, flags=re.M):
            bad(f'tapi.1: no command {name}')
            continue
        body = re.split(rf'^   tapi {name}$', page, flags=re.M)[1]
        body = re.split(r'^   tapi |^[A-Z]', body, flags=re.M)[0]
        for option in options:
            if option not in ('json', 'help') and f'--{option}' not in body:
                bad(f'tapi.1: no option --{option} of tapi {name}')
    if count < 9:
        bad(f'{tapi} has {count} commands only')


def check_tapi_library(tools):
    """Each function that the library exports has a page, and each reference a target."""
    folder = tools / 'man' / 'man3'
    pages = {page.stem: page.read_text() for page in sorted(folder.glob('*.3'))}
    symbols = run('nm', '-D', '--defined-only', str(tools / 'libtapi.so')).stdout
    functions = re.findall(r' T (\w+)', symbols)
    for name in functions:
        if name not in pages:
            bad(f'libtapi: no page of {name}()')
    if len(functions) < 150:
        bad(f'libtapi has {len(functions)} functions only')
    for name, text in pages.items():
        # That of A and W may be the name of a page.
        if name not in functions and f'{name}A' not in functions:
            bad(f'{name}.3: the library has no {name}()')
        if text.startswith('.so '):
            if text.strip() != f'.so man3/{name[:-1]}.3' or name[:-1] not in pages:
                if not (folder.parent / text[4:].strip()).exists():
                    bad(f'{name}.3: a link to nothing')
            continue
        lint(folder / f'{name}.3')
        for target in re.findall(r'^\.BR (\S+) \(3\)', text, flags=re.M):
            if re.match('line|tapi_|tapi[A-Z]|Tapi', target) and target not in pages:
                bad(f'{name}.3: there is no {target}(3)')


def check_commands(condisctl, pages):
    count = 0
    for name, options, knobs in commands(condisctl):
        count += 1
        # condisctl(8) only says where the others are, but for what it describes itself.
        homes = [text for page, text in pages.items() if page.startswith('condisctl') and
                 (re.search(rf'condisctl {name}\b', text) if name != 'completion' else
                  page == 'condisctl.8')]
        homes = [text for text in homes if all(f'--{o}' in text for o in options
                                               if o not in ('json', 'help'))]
        if not homes:
            bad(f'no page has condisctl {name} with all of: --{" --".join(options)}')
        for knob in knobs:
            if not re.search(rf'^ +{knob} ', pages['condisctl-adapter.8'], flags=re.M):
                bad(f'condisctl-adapter.8: no knob {knob}')
    if count < 20:
        bad(f'{condisctl} has {count} commands only')


def check_library(pages):
    text = (TOP / 'tools/lib/libcondis.map').read_text()
    for name in re.findall(r'^\t(condis_\w+);', text, flags=re.M):
        if not re.search(rf'\b{name}\(', pages['libcondis.3']):
            bad(f'libcondis.3: no {name}()')


def errors(text):
    return set(re.findall(r'\bE[A-Z0-9]{3,}\b', text)) - {'ENUM'}


def check_ioctls():
    linux = TOP / 'include/uapi/linux'
    header = ''.join(path.read_text() for path in
                     [linux / 'ndproxy.h', *sorted((linux / 'ndproxy').glob('*.h'))])
    page = (MAN / 'ndproxy.4').read_text()
    body = page[page.index('.SS Commands'):page.index('.SS The data file')]
    said = {name: errors(text) for name, text in
            re.findall(r'^\.B (NDPROXY_\w+)\n(.*?)(?=^\.TP|\Z)', body, flags=re.M | re.S)}
    names = re.findall(r'^#define (NDPROXY_\w+)\s+_IO', header, flags=re.M)
    for name in sorted(set(names) ^ set(said)):
        bad(f'ndproxy.4: {name} is there or in the header, not in both')
    for head, rest in re.findall(r'/\*\*\n \* struct \w+ - (NDPROXY_[^\n]*)\n(.*?)\*/', header,
                                 flags=re.S):
        of_page = set().union(*(said.get(n, set()) for n in re.findall(r'NDPROXY_\w+', head)))
        tail = rest.split('Errors:', 1)[-1] if 'Errors:' in rest else \
            rest.split('\n *\n', 1)[-1]
        if errors(tail) != of_page:
            bad(f'ndproxy.4: {head}: {sorted(of_page)}; the header: {sorted(errors(tail))}')


def check_parameters(pages):
    for source in sorted((TOP / 'drivers').rglob('*.c')):
        # What an example takes is on its own page.
        if source.parent.name == 'example':
            continue
        for name, text in re.findall(r'MODULE_PARM_DESC\((\w+),\s*((?:"[^"]*"\s*)+)\)',
                                     source.read_text()):
            initial = re.search(r'\(([^()]*)\)"\s*$', text)
            value = initial.group(1) if initial and initial.group(1) else 'empty'
            if not re.search(rf'^ +{name} \({re.escape(value)}\)', pages['condis.7'], flags=re.M):
                bad(f'condis.7: no parameter {name} ({value})')


def check_links():
    """A page that is another one's name is so in that page too."""
    pages = {}
    for page in sorted(MAN.glob('*.[1-9]')):
        text = page.read_text()
        if not text.startswith('.so '):
            pages[page.name] = lint(page)
            continue
        target = MAN / text.split('/')[-1].strip()
        name = page.stem.replace('-', r'\\-')
        if not target.exists() or not re.search(rf'^{name}|, {name}\b', target.read_text(),
                                                flags=re.M):
            bad(f'{page.name}: {target.name} does not describe {page.stem}')
    return pages


def main():
    tools = pathlib.Path(sys.argv[1])
    pages = check_links()
    check_commands(str(tools / 'condisctl'), pages)
    check_tapi_commands(str(tools / 'tapi'), pages['tapi.1'])
    check_library(pages)
    check_tapi_library(tools)
    check_ioctls()
    check_parameters(pages)
    for line in BAD:
        print(line)
    sys.exit(1 if BAD else 0)


main()
