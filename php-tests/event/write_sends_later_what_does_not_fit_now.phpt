--TEST--
Event::write() of 3 MB: what the socket does not take now is sent later, in order, beside what callbacks write
--FILE--
<?php
use Swoole\Event;
[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
$text = '';
for ($n = 0; strlen($text) < 3000000; $n++) {
    $text .= str_pad((string) $n, 9) . "\n";
}
$answers = 0;
Event::add($a, function ($a) use (&$answers) {
    $answers += strlen(fread($a, 65536));
});
var_dump(Event::write($a, $text), Event::write($a, 'second'));
Event::defer(fn () => Event::write($a, 'third'));
$got = '';
$reads = 0;
Event::add($b, function ($b) use (&$got, &$reads, $a, $text, &$answers) {
    $got .= fread($b, 65536);
    Event::write($b, '!');
    if (++$reads === 2) {
        Event::write($a, 'fourth');
    }
    if (str_ends_with($got, 'fourth')) {
        Event::del($b);
        Event::defer(function () use ($a) {
            Event::del($a);
        });
    }
});
Event::wait();
echo $got === $text . 'secondthirdfourth' ? "all there, in order\n" : strlen($got) . " bytes of " . strlen($text) . "\n";
?>
--EXPECT--
bool(true)
bool(true)
all there, in order
