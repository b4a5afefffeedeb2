--TEST--
a file goes through both types of pipes, in both directions, with data of any size, in the order in which all was written
--EXTENSIONS--
sockets
--FILE--
<?php
use Swoole\Process;

require __DIR__ . '/../support.inc';

$path = tempnam(sys_get_temp_dir(), 'handle');
foreach (TYPES as $name => $type) {
    echo "$name\n";
    file_put_contents($path, "first\nsecond\nthird\nfourth\n");
    $p = new Process(function (Process $p) {
        $before = links();
        echo $p->read(100), "\n";
        $file = $p->receiveHandle(5, $data);
        $number = key(array_diff_key(links(), $before));
        $flags = preg_match('/^flags:\s+(\d+)/m', file_get_contents("/proc/self/fdinfo/$number"), $m) ? octdec($m[1]) : 0;
        var_dump($number > 2, ($flags & 02000000) !== 0, $data, stream_get_meta_data($file)['mode'], ftell($file));
        echo fgets($file);
        echo $p->read(100), "\n";
        $large = $p->receiveHandle(-1, $data);
        var_dump(strlen($data), md5($data) === md5(str_repeat('abc', 700_000)), fgets($large));
        fclose($large);
        // What is not asked for is not needed.
        echo fgets($p->receiveHandle());
        var_dump(count(links()) === count($before) + 1);
        $p->sendHandle($file, "\0\xff");
        $p->write('bye');
    }, false, $type);
    $file = fopen($path, 'r');
    echo fgets($file);
    $p->write('before');
    var_dump($p->sendHandle($file, 'some data'));
    $p->start();
    $p->write('between');
    $sent = [$p->sendHandle(fopen(__FILE__, 'r'), str_repeat('abc', 700_000)), $p->sendHandle($file)];
    $back = $p->receiveHandle(5, $data);
    var_dump(...$sent, ...[bin2hex($data), fgets($back), fgets($back)]);
    echo $p->read(), "\n", ending(Process::wait()), "\n";
    // The end, and nothing else.
    var_dump($p->receiveHandle(5), swoole_last_error() === SOCKET_ECONNRESET);
}
unlink($path);
?>
--EXPECT--
stream
first
bool(true)
before
bool(true)
bool(true)
string(9) "some data"
string(1) "r"
int(6)
second
between
int(2100000)
bool(true)
string(6) "<?php
"
third
bool(true)
bool(true)
bool(true)
string(4) "00ff"
string(7) "fourth
"
bool(false)
bye
code 0
bool(false)
bool(true)
message
first
bool(true)
before
bool(true)
bool(true)
string(9) "some data"
string(1) "r"
int(6)
second
between
int(2100000)
bool(true)
string(6) "<?php
"
third
bool(true)
bool(true)
bool(true)
string(4) "00ff"
string(7) "fourth
"
bool(false)
bye
code 0
bool(false)
bool(true)
