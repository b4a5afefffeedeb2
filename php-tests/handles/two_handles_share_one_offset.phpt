--TEST--
a duplicate goes on where the handle has stopped, and another fopen() begins anew
--FILE--
<?php
$path = tempnam(sys_get_temp_dir(), 'dup');
file_put_contents($path, 'abcdef');

$first = fopen($path, 'r');
echo fread($first, 3), "\n";
$second = Swoole\dup($first);
var_dump(ftell($second));
echo fread($second, 1), "\n";
echo fread(fopen($path, 'r'), 1), "\n";

// And back.
echo fread($first, 1), fread($second, 1), "\n";
var_dump(fread($first, 1), feof($first));
rewind($second);
echo fread($first, 6), "\n";

// Closing one leaves the other open.
fclose($second);
rewind($first);
echo fread($first, 2), "\n";
unlink($path);
?>
--EXPECT--
abc
int(3)
d
a
ef
string(0) ""
bool(true)
abcdef
ab
