<?php
// Two handles that share one position in a file, which fopen() alone cannot do: each continues where the other has stopped.
//
//   scripts/php examples/two_handles.php    from the checkout
//   php examples/two_handles.php            where the extension is installed

use function Swoole\dup;

$path = tempnam(sys_get_temp_dir(), 'handles');
file_put_contents($path, 'abcdef');

$first = fopen($path, 'r');
echo 'the first handle reads 3 bytes: ', fread($first, 3), "\n";

$second = dup($first);
echo 'its duplicate reads 1 byte: ', fread($second, 1), "\n";

$other = fopen($path, 'r');
echo 'another fopen() reads 1 byte: ', fread($other, 1), "\n";

echo 'the first handle continues: ', fread($first, 1), "\n";
rewind($second);
echo 'after rewind() of the duplicate it reads all: ', fread($first, 6), "\n";
unlink($path);
