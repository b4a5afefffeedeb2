--TEST--
fgets(), fread(), stream_get_line() and fwrite() on two handles of one file take turns, whichever has read before
--FILE--
<?php
$path = tempnam(sys_get_temp_dir(), 'dup');
$lines = '';
for ($i = 0; $i < 3000; $i++) {
    $lines .= str_pad("line $i", $i % 50) . "\n";
}
file_put_contents($path, $lines);

$first = fopen($path, 'r');
$text = fgets($first);
$second = Swoole\dup($first);
$third = Swoole\dup($second);
for ($turn = 0; !feof($first); $turn++) {
    $text .= match ($turn % 6) {
        0 => fgets($second),
        1 => fread($first, 7),
        2 => fgets($third, 5),
        3 => fread($second, 9000),
        4 => fgetc($first),
        5 => fgets($first),
    };
}
var_dump($text === $lines);

// What is between has been read by somebody else: each handle counts for itself.
var_dump(ftell($first) + ftell($second) + ftell($third) > strlen($lines), ftell($first) < strlen($lines));
fseek($third, 0);
var_dump(fgets($second));

// Duplicates of duplicates that others have moved on do not move them back.
$fourth = Swoole\dup($first);
var_dump(fgets($fourth), ftell($fourth));

$both = fopen($path, 'r+');
$copy = Swoole\dup($both);
fgets($both);
fwrite($copy, "LINE 1\n");
fwrite($both, "LINE 2\n");
echo fgets($copy);
rewind($both);
echo fgets($copy), fgets($both), fgets($copy), fgets($both);

// Appending.
$append = fopen($path, 'a');
$copy = Swoole\dup($append);
fwrite($copy, "one\n");
fwrite($append, "two\n");
echo substr(file_get_contents($path), -8);
unlink($path);
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
string(7) "line 0
"
string(7) "line 1
"
int(14)
line 3
line 0
LINE 1
LINE 2
line 3
one
two
