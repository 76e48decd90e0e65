# SPDX-License-Identifier: GPL-2.0
"""A directive whose content is made from the source when the pages are built."""

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from sphinx.util.nodes import nested_parse_with_titles

import source


class Generated(Directive):
    """Parse what lines() answers, as if it stood in the page."""

    optional_arguments = 1
    final_argument_whitespace = True

    def depends(self, path):
        """The page is built anew when this file has changed."""
        self.state.document.settings.env.note_dependency(str(source.TOP / path))

    def lines(self):
        raise NotImplementedError

    def run(self):
        try:
            lines = self.lines()
        except (OSError, ValueError) as err:
            raise self.error(f'{self.name}: {err}') from err
        node = nodes.section()
        node.document = self.state.document
        view = StringList(lines, source=self.name)
        nested_parse_with_titles(self.state, view, node)
        return node.children
