#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""tapi-probe.py WHAT PUBLISHED: C that asks a header for what the published one has.

PUBLISHED is the folder of mingw-w64's headers, which are in the public domain. WHAT is

  numbers    each constant, size and offset, as a comment in the assembler's text
  versions   the same of sizes only, for the version that the compiler is told
  functions  the published prototypes again, and each one's name used
  names      what the names without A or W stand for, with SUFFIX as "A" or "W" or, of PLAIN, ""
  methods    the published tables of methods again, compared with ours
  guids      a program that prints the names of interfaces and classes

The first two are compiled with either header, the others with ours.
"""

import pathlib
import re
import sys

WHAT = sys.argv[1]
PUBLISHED = pathlib.Path(sys.argv[2])
OURS = pathlib.Path(__file__).resolve().parents[2] / 'tools' / 'libtapi'

# Structures that grew: at which version, and the first member that is new with it, or None for
# the published one's last. What 1.4 added is in the published structures of every version.
GROWN = {
    'LINEADDRESSCAPS': [(0x00020000, 'dwPredictiveAutoTransferStates')],
    'LINEAGENTCAPS': [(0x00020002, 'ProxyGUID')],
    'LINECALLINFO': [(0x00020000, 'dwCallTreatment'), (0x00030000, 'dwCallerIDAddressType')],
    'LINECALLPARAMS': [(0x00020000, 'dwPredictiveAutoTransferStates'),
                       (0x00030000, 'dwAddressType')],
    'LINECALLSTATUS': [(0x00020000, 'dwCallFeatures2')],
    'LINEDEVCAPS': [(0x00020000, 'dwSettableDevStatus'), (0x00020002, 'PermanentLineGuid'),
                    (0x00030000, 'dwAddressTypes')],
    'LINEDEVSTATUS': [(0x00020000, 'dwAvailableMediaModes')],
    'LINEFORWARD': [(0x00030000, 'dwCallerAddressType')],
}
# Of these the size follows from a member that grew, or from a union.
FOLLOWS = ['LINEFORWARDLIST', 'LINEPROXYREQUEST']

# What is in the published header and not in ours: telephones, which are no lines.
PHONES = re.compile(r'PHONE(?!_(BUTTON|CLOSE|DEVSPECIFIC|REPLY|STATE|CREATE|REMOVE)$)')


def published(name):
    return (PUBLISHED / name).read_text()


def constants(text):
    for name, value in re.findall(r'^#define (\w+)[ \t]+(\S.*)$', text, re.M):
        if name == 'TAPI_CURRENT_VERSION' or PHONES.match(name) or '__MINGW' in value:
            continue
        # LINEREQMAKECALL: names of structures, for UNICODE.
        if re.match(r'(LAST_)?(LINE|PHONE|STRINGFORMAT|TAPI|INITIALIZE_)', name) and \
                not value.endswith('W'):
            yield name


def structures(text):
    """Name, and the text between the braces."""
    for body, name in re.findall(r'^  typedef struct (?:line\w+|varstring_tag) \{\n(.*?)^  \} (\w+)',
                                 text, re.M | re.S):
        yield name, body


def members(body):
    """Dotted names of all members, those of structures within included."""
    found = []
    inside = []
    for line in body.splitlines():
        line = line.strip()
        if re.match(r'(__C89_NAMELESS )?(union|struct) \{$', line):
            inside.append([])
        elif got := re.match(r'\} ?(\w*);$', line):
            inner = inside.pop()
            name = got.group(1)
            if name:
                inner = [name] + [f'{name}.{x}' for x in inner]
            (inside[-1] if inside else found).extend(inner)
        elif got := re.match(r'.*?(\w+)(\[\w+\])?;$', line):
            (inside[-1] if inside else found).append(got.group(1))
    return found


def enumerators(text, ours):
    """Of the enumerations that ours has as well."""
    for name, body in re.findall(r'typedef enum (\w+) \{(.*?)\} \w+;', text, re.S):
        if re.search(rf'typedef enum {name} \{{', ours):
            yield from re.findall(r'(\w+)(?: = \w+)?(?:,|\s*$)', body.strip())


def our_text(name):
    """The headers that tapi.h or tapi3.h is made of."""
    parts = re.findall(r'^#include "(\w+/\w+\.h)"', (OURS / name).read_text(), re.M)
    return '\n'.join((OURS / x).read_text() for x in parts)


def interfaces():
    return re.findall(r'^DECLARE_INTERFACE_?\((\w+)', our_text('tapi3.h'), re.M)


def tables():
    """The published table of methods of each of our interfaces, as text."""
    text = '\n'.join(published(x) for x in
                     ('tapi3if.h', 'unknwn.h', 'oaidl.h', 'objidlbase.h', 'ocidl.h'))
    for name in interfaces():
        got = re.search(rf'typedef struct {name}Vtbl \{{(.*?)\}} {name}Vtbl;', text, re.S)
        if not got:
            sys.exit(f'tapi-probe.py: no {name}Vtbl in the published headers')
        yield name, got.group(1)


def numbers():
    text = published('tapi.h')
    print('#ifdef OURS\n#include "tapi3.h"\n#else\n#include <tapi.h>\n#include <tapi3.h>\n'
          '#include <tapi3if.h>\n#include <tapi3err.h>\n#include <olectl.h>\n#endif\n#include <stddef.h>\n'
          '#define SAY(name, value) __asm__ volatile("\\n# @@ " name " %0" : : "i"(value))\n'
          '#define NUMBER(name) SAY(#name, (unsigned long long)(unsigned int)(name))\n'
          '#define SIZE(name) SAY("sizeof " #name, sizeof(name))\n'
          '#define PLACE(name, member) SAY(#name "." #member, offsetof(name, member))\n'
          '#define WIDTH(name, member) '
          'SAY("sizeof " #name "." #member, sizeof(((name *)0)->member))\n'
          'void probe(void);\nvoid probe(void)\n{')
    for name in constants(text):
        print(f'\tNUMBER({name});')
    for name in re.findall(r'^#define (TAPI_E_\w+)', published('tapi3err.h'), re.M):
        print(f'\tNUMBER({name});')
    for name in enumerators(published('tapi3if.h'), our_text('tapi3.h')):
        print(f'\tNUMBER({name});')
    for name in re.findall(r'^#define (TAPIMEDIATYPE_\w+|\w+_E_NOCONNECTION)',
                           published('tapi3if.h'), re.M):
        print(f'\tNUMBER({name});')
    # COM's own are in headers that are too many to read.
    for name in re.findall(r'^#define ([ES]_\w+|\w+_E_\w+|VARIANT_\w+)\s', our_text('tapi3.h'), re.M):
        if not name.startswith('TAPI_'):
            print(f'\tNUMBER({name});')
    for name in re.findall(r'^\t(VT_\w+)', our_text('tapi3.h'), re.M):
        print(f'\tNUMBER({name});')
    for name, body in structures(text):
        print(f'\tSIZE({name});')
        for member in members(body):
            print(f'\tPLACE({name}, {member});')
            print(f'\tWIDTH({name}, {member});')
    for name in re.findall(r'DECLARE_OPAQUE32\((\w+)\);', text):
        print(f'\tSIZE({name});')
    for name in ('LINEREQMAKECALLW', 'LINEREQMEDIACALLW', 'SYSTEMTIME', 'GUID', 'CURRENCY', 'DATE',
                 'VARIANT', 'CONNECTDATA', 'HRESULT', 'BSTR', 'VARIANT_BOOL', 'DWORD', 'LONG',
                 'DWORD_PTR', 'HANDLE', 'WCHAR', 'WPARAM', 'BOOL', 'CALL_STATE', 'TAPI_EVENT'):
        print(f'\tSIZE({name});')
    for member in ('lVal', 'llVal', 'bstrVal', 'pdispVal', 'punkVal', 'boolVal'):
        print(f'\tPLACE(VARIANT, {member});')
    print('}')


def versions():
    """sizeof for the version told: ours, and what it is by the published member's place."""
    print('#ifdef OURS\n#include "tapi.h"\n#else\n#include <tapi.h>\n#endif\n#include <stddef.h>\n'
          '#define SAY(name, value) __asm__ volatile("\\n# @@ " name " %0" : : "i"(value))\n'
          'void probe(void);\nvoid probe(void)\n{')
    for name, _ in structures(published('tapi.h')):
        if name in FOLLOWS:
            continue
        print('#ifdef OURS')
        print(f'\tSAY("sizeof {name}", sizeof({name}));')
        word = '#elif'
        for version, member in GROWN.get(name, []):
            print(f'{word} VERSION < {version:#010x}')
            print(f'\tSAY("sizeof {name}", offsetof({name}, {member}));')
        print('#else')
        print(f'\tSAY("sizeof {name}", sizeof({name}));')
        print('#endif')
    print('}')


def functions():
    text = published('tapi.h')
    print('#include "tapi.h"')
    protos = re.findall(r'^  (LONG WINAPI ((?:line|tapi)\w+)\(.*?\);)', text, re.M)
    if len(protos) < 200:
        sys.exit('tapi-probe.py: the published prototypes are not where they were')
    # Used before they are declared again: a name that is missing of ours is an error.
    print('void use(void (*what)(void));\nvoid probe(void);\nvoid probe(void)\n{')
    for _, name in protos:
        print(f'\tuse((void (*)(void)){name});')
    print('}')
    for proto, _ in protos:
        print(proto)


def names():
    """A name of both forms is the one of SUFFIX; PLAIN if it is a function by itself besides."""
    protos = set(re.findall(r'^  LONG WINAPI ((?:line|tapi)\w+)\(', published('tapi.h'), re.M))
    print('#include "tapi.h"\n#define TEXT_OF_(x) #x\n#define TEXT_OF(x) TEXT_OF_(x)\n'
          '#define IS(name, wanted) \\\n'
          '\t_Static_assert(!__builtin_strcmp(TEXT_OF(name), wanted), '
          '"not what is published: " wanted)')
    for name in sorted(protos):
        base = name[:-1]
        if name.endswith('A') and base + 'W' in protos:
            print(f'IS({base}, "{base}" {"PLAIN" if base in protos else "SUFFIX"});')


def methods():
    print('#define COBJMACROS\n#include "tapi3.h"\n#include <stddef.h>\n#define BEGIN_INTERFACE\n'
          '#define END_INTERFACE\n#define __LONG32 int\n'
          'typedef IConnectionPoint *LPCONNECTIONPOINT;\n'
          '#define SAME(name, member) \\\n'
          '\t_Static_assert(offsetof(name##Vtbl, member) == '
          'offsetof(struct published_##name, member), \\\n'
          '\t\t       #name "::" #member " is not where it was published"); \\\n'
          '\t_Static_assert(__builtin_types_compatible_p( \\\n'
          '\t\t__typeof__(((name##Vtbl *)0)->member), \\\n'
          '\t\t__typeof__(((struct published_##name *)0)->member)), \\\n'
          '\t\t       #name "::" #member " is not of the type published")')
    for name, body in tables():
        print(f'struct published_{name} {{{body}}};')
        print(f'_Static_assert(sizeof({name}Vtbl) == sizeof(struct published_{name}), '
              f'"{name} has not the methods published");')
        found = re.findall(r'\((?:WINAPI|STDMETHODCALLTYPE) \*(\w+)\)', body)
        for member in found:
            print(f'SAME({name}, {member});')
        # Each has its macro.
        print('#if ' + ' || '.join(f'!defined({name}_{x})' for x in found))
        print(f'#error a method of {name} has no macro')
        print('#endif')


def guids():
    names = re.findall(r'DEFINE_GUID\((\w+),', our_text('tapi3.h'))
    print('#define INITGUID\n#include "tapi3.h"\n#include <stdio.h>\n'
          'static void say(const char *name, const GUID *id)\n{\n'
          '\tprintf("%s %08X-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X\\n", name, id->Data1, '
          'id->Data2,\n\t       id->Data3, id->Data4[0], id->Data4[1], id->Data4[2], id->Data4[3], '
          'id->Data4[4],\n\t       id->Data4[5], id->Data4[6], id->Data4[7]);\n}\n'
          'int main(void)\n{')
    for name in names:
        if name != 'name':
            print(f'\tsay("{name}", &{name});')
    print('}')


{'numbers': numbers, 'versions': versions, 'functions': functions, 'names': names,
 'methods': methods, 'guids': guids}[WHAT]()
