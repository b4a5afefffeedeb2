--TEST--
messages that wait in the loop arrive as they were written, one by one
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\{Event, Process};
$sizes = [1, 5000, 20000, 2, 60000, 100, 1];
$write = function (callable $write) use ($sizes) {
    for ($n = 0; $n < 200; $n++) {
        $write(str_pad("$n ", $sizes[$n % 7], '.'));
    }
};
$check = function (array $got) use ($sizes) {
    foreach ($got as $n => $message) {
        $message === str_pad("$n ", $sizes[$n % 7], '.') || print("message $n is wrong\n");
    }
    echo count($got), " messages\n";
};
socket_create_pair(AF_UNIX, SOCK_DGRAM, 0, $s);
Event::add($s[0], fn () => null);
$write(fn ($data) => Event::write($s[0], $data) || print("not written\n"));
$got = [];
Event::add($s[1], function ($socket) use (&$got) {
    $got[] = socket_read($socket, 65536);
    count($got) === 200 && Event::exit();
});
Event::wait();
$check($got);

$p = new Process(function (Process $p) use ($check) {
    for ($got = []; count($got) < 200; $got[] = $p->read(65536));
    $check($got);
});
$p->start();
Event::defer(fn () => null);
$p->setBlocking(false);
$write(fn ($data) => $p->write($data) === strlen($data) || print("not written\n"));
Event::wait();
Process::wait();
?>
--EXPECT--
200 messages
200 messages
