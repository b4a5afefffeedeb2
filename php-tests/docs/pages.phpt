--TEST--
each document with examples has a test of them, and the files and targets of make that documents name exist
--FILE--
<?php
require __DIR__ . '/examples.inc';
chdir(TOP);
foreach (['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...glob('docs/*.md'), ...glob('docs/*/*.md')] as $document) {
    $languages = array_column(blocks(file_get_contents($document)), 'language');
    // Those of the reference are generated.
    $test = __DIR__ . '/' . (str_starts_with($document, 'docs/reference/') ? substr($document, 5, -3)
        : strtolower(basename($document, '.md'))) . '.phpt';
    if (preg_grep('/^php/', $languages) && !str_contains((string) @file_get_contents($test), "'$document'")) {
        echo "$document: no test of its examples\n";
    }
    // In a line of text a command stands in backquotes.
    $text = preg_replace('/^```(?!sh).*?^```$/ms', '', file_get_contents($document));
    preg_match_all('/^```sh\n.*?^```$|`[^`\n]+`/ms', $text, $commands);
    foreach ($commands[0] as $command) {
        $fault = wrong_command($command);
        echo $fault === null ? '' : "$document: $fault\n";
    }
}
echo "done\n";
?>
--EXPECT--
done
