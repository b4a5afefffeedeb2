--TEST--
MultibyteStringObject counts characters
--EXTENSIONS--
mbstring
--FILE--
<?php
$s = swoole_mbstring('größer als Größe');
var_dump($s->length(), $s->pos('ß'), $s->indexOf('ß', 4), $s->rpos('ß'), $s->lastIndexOf('r'), $s->ipos('GRÖ'), (string) $s->substr(1, 3), (string) $s->chunk(3)->get(1));
var_dump($s instanceof Swoole\StringObject, $s->contains('als'), $s->split(' ')->count());
?>
--EXPECT--
int(16)
int(3)
int(14)
int(14)
int(12)
int(0)
string(5) "röß"
string(4) "ßer"
bool(true)
bool(true)
int(3)
