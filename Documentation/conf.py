# SPDX-License-Identifier: GPL-2.0
"""Configuration of Sphinx."""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent / 'extensions'))

project = 'condis'
copyright = 'the condis authors'
extensions = ['kerneldoc', 'statetable', 'tags', 'rules', 'names', 'uapi', 'knobs', 'delays',
              'violations', 'sourceref', 'ccode']
exclude_patterns = ['build', 'extensions']
primary_domain = 'c'
highlight_language = 'none'
smartquotes = False
# The pointers and attributes of the kernel in prototypes.
c_id_attributes = ['__user', '__aligned_u64', '__releases', '__acquires']
html_theme = 'alabaster'
html_theme_options = {'page_width': '1100px', 'show_powered_by': False,
                      'fixed_sidebar': True, 'font_size': '16px'}
html_static_path = ['static']
html_css_files = ['condis.css']
html_show_copyright = False
