# SPDX-License-Identifier: GPL-2.0
"""The delay points.

   .. delay-points::

Each point of the table in drivers/condis/delay_points.c, with the function that has it, and the
upcalls that its names are made of.  A point without a place, or a place without a point, is an
error.
"""

import re

import source
from generate import Generated

TABLE = 'drivers/condis/delay_points.c'


def array(text, name):
    """The strings of an array of the table's file."""
    body = re.search(rf'\b{name}\[\] = {{(.*?)\n}};', text, flags=re.S)
    if not body:
        raise ValueError(f'{TABLE} has no {name}')
    return re.findall(r'"([^"]+)"', body.group(1))


def places(path):
    """The points of a file, as (name, function)."""
    function = ''
    for line in source.text(path).splitlines():
        head = re.match(r'(?:[a-z].*[ *])?(\w+)\([^;]*$', line)
        if head:
            function = head.group(1)
        for name in re.findall(r'condis_delay_point\("([^"]+)"', line):
            yield name, function


class DelayPoints(Generated):
    """The points of the table."""

    optional_arguments = 0

    def lines(self):
        self.depends(TABLE)
        text = source.text(TABLE)
        points = array(text, 'points')
        where = {}
        for path in source.files('drivers/*/*.c'):
            self.depends(path)
            for name, function in places(path):
                if name in where:
                    raise ValueError(f'{path}: {name} is there twice')
                if name not in points:
                    raise ValueError(f'{path}: {name} is not in {TABLE}')
                where[name] = f'{path[len("drivers/"):]}, {function}()'
        lost = [name for name in points if name not in where]
        if lost:
            raise ValueError(f'{TABLE}: nobody comes to {", ".join(lost)}')
        rows = [[f'``{name}``', source.rst_text(where[name])] for name in points]
        lines = source.table(['point', 'where'], rows, widths=[35, 65])

        phases = array(text, 'phases')
        rows = []
        for kind in ('vc', 'af', 'sap', 'binding'):
            codes = ', '.join(f'``{code}``' for code in array(text, kind + '_codes'))
            rows.append([f'``{kind}``', codes])
        lines += ['Upcalls: KIND.UPCALL.PHASE; the phases are '
                  + ', '.join(f'``{phase}``' for phase in phases) + '.', '']
        return lines + source.table(['kind', 'upcalls'], rows, widths=[15, 85])


def setup(app):
    app.add_directive('delay-points', DelayPoints)
    return {'parallel_read_safe': True}
