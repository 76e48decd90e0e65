# SPDX-License-Identifier: GPL-2.0
"""kernel-doc: the comments of a source, through the kernel's own script.

   .. kernel-doc:: drivers/condis/call.c
      :functions: condis_cl_make_call condis_cl_close_call

   .. kernel-doc:: include/uapi/linux/ndproxy/call.h
      :types: ndproxy_make_call

Without an option, everything in the file.  The script comes with the headers
of any kernel (scripts/kernel-doc); its path can be given as KERNELDOC.
"""

import glob
import os
import re
import subprocess

from docutils.parsers.rst import directives

import sphinx as sphinx_package
import source
from generate import Generated

PLACES = (
    '/lib/modules/*/build/scripts/kernel-doc',
    '/usr/src/linux-headers-*/scripts/kernel-doc',
    '/usr/lib/linux-kbuild-*/scripts/kernel-doc',
)


def script():
    """The kernel's script."""
    if os.environ.get('KERNELDOC'):
        return os.environ['KERNELDOC']
    for place in PLACES:
        for path in sorted(glob.glob(place), reverse=True):
            if open(path, 'rb').read(2) == b'#!':
                return path
    raise ValueError('no scripts/kernel-doc of a kernel was found: '
                     'install linux-headers-amd64, or set KERNELDOC')


class KernelDoc(Generated):
    """The kernel-doc comments of a source file."""

    required_arguments = 1
    optional_arguments = 0
    option_spec = {
        'functions': directives.unchanged_required,
        'types': directives.unchanged_required,
        'export': directives.flag,
    }

    def lines(self):
        path = self.arguments[0]
        self.depends(path)
        command = [script(), '-rst', '-sphinx-version', sphinx_package.__version__]
        wanted = self.options.get('functions', self.options.get('types', '')).split()
        if 'export' in self.options:
            command.append('-export')
        for name in wanted:
            command += ['-function', name]
        done = subprocess.run(command + [str(source.TOP / path)], capture_output=True,
                              text=True, check=False)
        if done.returncode or done.stderr.strip():
            raise ValueError(done.stderr.strip() or f'{command[0]} failed for {path}')
        if not done.stdout.strip():
            raise ValueError(f'{path} has nothing of that')
        out = re.sub(r'^\.\. LINENO.*\n', '', done.stdout, flags=re.M)
        # Sphinx knows one name of C once: a function that is called as the structure that
        # it answers is shown, and not entered.
        out = re.sub(r'^\.\. c:function:: ((?:const )?struct (\w+) \* ?\2 \(.*)$',
                     r'.. describe:: \1', out, flags=re.M)
        return out.expandtabs(8).splitlines()


def setup(app):
    app.add_directive('kernel-doc', KernelDoc)
    return {'parallel_read_safe': True}
