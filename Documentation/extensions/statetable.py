# SPDX-License-Identifier: GPL-2.0
"""state-table: a state table of drivers/condis/state.c, readable.

   .. state-table:: call

Nothing is copied by hand: the cells, and the comments that say why, are read
from the source, and what events and states mean from drivers/condis/state.h.
A table with a cell that this does not understand, or that is missing, is an
error of the build.
"""

import re

import source
from generate import Generated

STATE_C = 'drivers/condis/state.c'
STATE_H = 'drivers/condis/state.h'

# Table: prefix of its states and events, of its upcalls, and the names in the header.
TABLES = {
    'call': ('CONDIS_CALL_', 'CONDIS_VC_', 'condis_call', 'condis_vc_upcall'),
    'vc': ('CONDIS_VC_', 'CONDIS_VC_', 'condis_vc', 'condis_vc_upcall'),
    'af': ('CONDIS_AF_', 'CONDIS_AF_', 'condis_af', 'condis_af_upcall'),
    'sap': ('CONDIS_SAP_', 'CONDIS_SAP_', 'condis_sap', 'condis_sap_upcall'),
    'adapter': ('CONDIS_ADAPTER_', None, 'condis_adapter', None),
    'binding': ('CONDIS_BINDING_', 'CONDIS_BINDING_', 'condis_binding',
                'condis_binding_upcall'),
}


class Cell:
    """What one event does in one state."""

    def __init__(self, kind, state, arguments, why):
        self.kind = kind
        self.why = why
        self.next = state
        self.error = None
        self.violation = None
        self.upcalls = []
        if kind == 'GO':
            self.next = re.match(r'S\((\w+)\)', arguments).group(1)
            self.upcalls = re.findall(r'U\((\w+)\)', arguments)
        elif kind == 'NO':
            self.error = re.search(r',\s*(\w+)$', arguments).group(1)
        elif kind == 'BAD':
            match = re.search(r',\s*(\w+),\s*(\w+)$', arguments)
            self.error, self.violation = match.groups()


class StateTable:
    """One table of the source."""

    def __init__(self, name):
        prefix, upcall_prefix, enum, upcall_enum = TABLES[name]
        self.name = name
        self.states = self.words(f'{enum}_state', prefix)
        self.events = self.words(f'{enum}_event', prefix + 'EV_')
        self.upcalls = self.words(upcall_enum, upcall_prefix) if upcall_enum else {}
        self.cells = {}
        self.read()

    def words(self, enum, prefix):
        """Values of an enumeration of the header, with what they mean."""
        for kind, name, _, comment in source.kernel_doc_comments(source.text(STATE_H)):
            if kind == 'enum' and name == enum:
                return {m[len(prefix):]: t for m, t in source.kernel_doc_members(comment)
                        if m.startswith(prefix)}
        raise ValueError(f'{STATE_H} has no documented enum {enum}')

    def read(self):
        """The cells, with the comments before them."""
        match = re.search(rf'^{self.name}_table\[\w+\]\[\w+\] = \{{\n(.*?)^\}};',
                          source.text(STATE_C), flags=re.M | re.S)
        if not match:
            raise ValueError(f'{STATE_C} has no table {self.name}_table')
        state, why = None, None
        pattern = re.compile(r'''
            \[S\((?P<state>\w+)\)\]\ =\ \{ |
            /\*\s*(?P<why>.*?)\s*\*/ |
            E\((?P<event>\w+)\)\s*=\s*(?P<kind>GO|NO|BAD|STAY)
                \((?P<arguments>(?:[^()]|\([^()]*\))*)\),''', re.X | re.S)
        for found in pattern.finditer(match.group(1)):
            if found['state']:
                state = found['state']
            elif found['why']:
                why = re.sub(r'\s*\n\s*\*?\s*', ' ', found['why'])
            else:
                key = state, found['event']
                if key in self.cells:
                    raise ValueError(f'{self.name}_table: {key} is there twice')
                self.cells[key] = Cell(found['kind'], state,
                                       ' '.join(found['arguments'].split()), why)
                why = None
        for state in self.names(self.states):
            for event in self.names(self.events):
                if (state, event) not in self.cells:
                    raise ValueError(f'{self.name}_table: {state}, {event} is missing')

    @staticmethod
    def names(words):
        """Without the value that only counts the others."""
        return list(words)


class StateTableDirective(Generated):
    """The whole table at a glance, and then state by state."""

    required_arguments = 1
    optional_arguments = 0

    def lines(self):
        self.depends(STATE_C)
        self.depends(STATE_H)
        table = StateTable(self.arguments[0])
        return self.overview(table) + self.details(table)

    @staticmethod
    def overview(table):
        def short(name):
            return name.lower().replace('_', '-')

        def show(cell):
            if cell.error:
                return cell.error.lower() + ('\\ :sup:`!`' if cell.violation else '')
            return '·' if cell.kind == 'STAY' else f'**{short(cell.next)}**'

        rows = [[short(event)] + [show(table.cells[state, event]) for state in table.states]
                for event in table.events]
        out = ['At a glance: the next state, or the error with which the event is refused,',
               'with ! if that is a breach of the contract;',
               'a dot: welcome, and nothing changes.', '']
        return out + source.table(['event'] + [short(state) for state in table.states], rows,
                                  classes='glance')

    @staticmethod
    def details(table):
        out = []
        for state, meaning in table.states.items():
            out += [f'**{state}**: {source.rst_text(meaning)}', '']
            rows, ignored, refused = [], [], {}
            for event, what in table.events.items():
                cell = table.cells[state, event]
                if cell.kind == 'GO':
                    told = ', then '.join(source.rst_text(table.upcalls[u]) for u in
                                          sorted(cell.upcalls, key=list(table.upcalls).index))
                    rows.append([f'{event}: {source.rst_text(what)}', cell.next,
                                 told, source.rst_text(cell.why or '')])
                elif cell.kind == 'STAY':
                    ignored.append(event + (f' ({source.rst_text(cell.why)})'
                                            if cell.why else ''))
                else:
                    refused.setdefault((cell.error, cell.violation), []).append(
                        event + (f' ({source.rst_text(cell.why)})' if cell.why else ''))
            if rows:
                out += source.table(['event', 'next state', 'is told', 'why'], rows,
                                    widths=[30, 15, 30, 25])
            if ignored:
                out += ['Changes nothing: ' + ', '.join(ignored) + '.', '']
            for (error, violation), events in refused.items():
                breach = f', a breach (:ref:`{violation} <violations>`)' if violation else ''
                out += [f'Refused with ``-{error}``{breach}: ' + ', '.join(events) + '.', '']
        return out


def setup(app):
    app.add_directive('state-table', StateTableDirective)
    return {'parallel_read_safe': True}
