# SPDX-License-Identifier: GPL-2.0
"""What can be set.

   .. vwan-knobs::

The attributes of a virtual adapter, with the words of condisctl for them; an
attribute without such a word, and a word without an attribute, is an error.

   .. module-parameters:: drivers/condis/*.c

The parameters of modules.
"""

import re

import source
from generate import Generated

HEADER = 'include/uapi/linux/condis_vwan.h'
WORDS = 'tools/lib/knobs.c'
PREFIX = 'CONDIS_VWAN_A_ADAPTER_'


class VwanKnobs(Generated):
    """Knobs of a virtual adapter."""

    optional_arguments = 0

    def lines(self):
        self.depends(HEADER)
        self.depends(WORDS)
        words = {}
        for macro, word, attr, rest in re.findall(
                r'^\t(KNOB|NUMBER|TIME)\("([\w-]+)", (\w+), (.*?)\),$', source.text(WORDS),
                flags=re.M | re.S):
            # The strings are what it is at first, the form of its value, and its help.
            texts = re.findall(r'"([^"]*)"', rest)
            words[PREFIX + attr] = word, 'MS' if macro == 'TIME' else texts[1]
        rows = []
        for kind, name, _, comment in source.kernel_doc_comments(source.text(HEADER)):
            if kind != 'enum' or name != 'condis_vwan_a_adapter':
                continue
            for member, meaning in source.kernel_doc_members(comment):
                if member.startswith('__') or member == PREFIX + 'UNSPEC':
                    continue
                if member not in words:
                    raise ValueError(f'{WORDS} has no word for {member}')
                word, value = words.pop(member)
                found = re.match(r'(u8|u32|nest(?: of \w+)?): (.*)', meaning)
                if not found:
                    raise ValueError(f'{HEADER}: {member} has no type')
                rows.append([f'``{word}={value}``', f'``{member[len(PREFIX):]}``',
                             found.group(1).split()[0], source.rst_text(found.group(2))])
        if words:
            raise ValueError(f'{HEADER} has no {next(iter(words))}')
        return source.table(['for condisctl', 'attribute', 'type',
                             'what it is; range; default'], rows, widths=[25, 15, 6, 54])


class ModuleParameters(Generated):
    """Parameters of the modules of some files."""

    required_arguments = 1
    optional_arguments = 0

    def lines(self):
        rows = []
        for path in source.files(*self.arguments[0].split()):
            self.depends(path)
            text = source.text(path)
            for found in re.finditer(r'^module_param(?:_named|_cb)?\((\w+),.*?(0[0-7]{3})\);',
                                     text, flags=re.M | re.S):
                name, mode = found.groups()
                about = re.search(rf'MODULE_PARM_DESC\({name},\s*((?:"[^"]*"\s*)+)\)', text)
                if not about:
                    raise ValueError(f'{path}: {name} has no description')
                module = {'condis': 'condis', 'vwan': 'condis_vwan',
                          'ndproxy': 'ndproxy'}[path.split('/')[1]]
                rows.append([f'``{module}.{name}``',
                             source.rst_text(''.join(re.findall(r'"([^"]*)"',
                                                                about.group(1)))),
                             'while it runs' if int(mode, 8) & 0o200 else 'at load'])
        if not rows:
            return ['None.']
        return source.table(['parameter', 'what it is (default)', 'can be changed'], rows,
                            widths=[30, 50, 20])


def setup(app):
    app.add_directive('vwan-knobs', VwanKnobs)
    app.add_directive('module-parameters', ModuleParameters)
    return {'parallel_read_safe': True}
