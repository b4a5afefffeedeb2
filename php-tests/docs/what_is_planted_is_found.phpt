--TEST--
a search for faults in examples finds those that are planted
--EXTENSIONS--
pcntl
posix
sockets
--FILE--
<?php
require __DIR__ . '/examples.inc';
$texts = [
    "```php\n<?php\necho \"right\\n\";\n```\n\n```text\nright\n```\n",
    "```php\n<?php\necho \"right\\n\";\n```\n\nProse.\n\n```text\nanything\n```\n",
    "```php fragment\n\$a = b();\n```\n```php signature\npublic static function wait(\n    bool \$blocking = true\n): array|false\n```\n",
    "```sh\nmake build    # and sudo make install\nscripts/php FILE\n```\n",
    "```php\n<?php\necho \"wrong\\n\";\n```\n\n```text\nright\n```\n",
    "Prose.\n\n```php\n<?php\nexit(3);\n```\n",
    "```php\n<?php\necho \$nothing;\n```\n",
    "```php\n<?php\nfwrite(STDERR, \"a line\\n\");\n```\n",
    "```php\n\$a = 1;\n```\n",
    "```php fragment\n\$a = = 1;\n```\n",
    "```php signature\npublic static function wait(): array|false\n```\n",
    "```sh\nmake nonsense\n```\n",
    "```sh\nsudo make build nonsense && scripts/nonsense\n```\n",
    "```pph\n```\n",
];
foreach ($texts as $n => $text) {
    check_examples("text-$n", $text);
}
// The end is waited for no longer than the limit.
echo strtok(wrong_program("<?php\nsleep(100);\n", null, 0.5), "\n"), "\n";
?>
--EXPECTF--
all are right
all are right
all are right
all are right
text-4:1: writes
wrong
instead of
right

text-5:3: ends with 3:

text-6:1: complains:

Warning: Undefined variable $nothing in %s on line 2

text-7:1: writes to stderr:
a line

text-8:1: a program begins with <?php; mark what is none as a fragment or a signature
text-9:1: syntax error, unexpected token "="
text-10:1: no such declaration: public static function wait(): array|false
text-11:1: make has no target nonsense
text-12:1: there is no scripts/nonsense
text-13:1: nobody knows what ```pph is
has not ended in 0.5 seconds:
