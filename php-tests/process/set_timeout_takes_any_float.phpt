--TEST--
setTimeout() takes any float: what is no time above zero means no limit, huge ones are no limit in effect
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
foreach (TYPES as $name => $type) {
    foreach ([0.0, -1.0, -INF, INF, NAN, 1e9, 1e18, 9.3e18, 1.8e19, 1e20, PHP_FLOAT_MAX] as $seconds) {
        $text = is_nan($seconds) ? 'NAN' : $seconds;
        $p = new Process(function (Process $p) {
            until_asleep(posix_getppid());
            $p->write('answer');
        }, false, $type);
        $p->start();
        try {
            echo "$name, $text: ", json_encode([$p->setTimeout($seconds), $p->read()]), "\n";
        } catch (Throwable $e) {
            echo "$name, $text: ", get_class($e), ': ', $e->getMessage(), "\n";
        }
        Process::wait();
    }
    // A limit that has passed before the call still gives what is there.
    foreach ([PHP_FLOAT_MIN, 1e-12, 1e-9] as $seconds) {
        $p = new Process(fn (Process $p) => $p->write('answer'), false, $type);
        $p->start();
        Process::wait();
        $p->setTimeout($seconds);
        echo "$name, $seconds: ", json_encode($p->read()), "\n";
    }
}
?>
--EXPECT--
stream, 0: [true,"answer"]
stream, -1: [true,"answer"]
stream, -INF: [true,"answer"]
stream, INF: [true,"answer"]
stream, NAN: [true,"answer"]
stream, 1000000000: [true,"answer"]
stream, 1.0E+18: [true,"answer"]
stream, 9.3E+18: [true,"answer"]
stream, 1.8E+19: [true,"answer"]
stream, 1.0E+20: [true,"answer"]
stream, 1.7976931348623E+308: [true,"answer"]
stream, 2.2250738585072E-308: "answer"
stream, 1.0E-12: "answer"
stream, 1.0E-9: "answer"
message, 0: [true,"answer"]
message, -1: [true,"answer"]
message, -INF: [true,"answer"]
message, INF: [true,"answer"]
message, NAN: [true,"answer"]
message, 1000000000: [true,"answer"]
message, 1.0E+18: [true,"answer"]
message, 9.3E+18: [true,"answer"]
message, 1.8E+19: [true,"answer"]
message, 1.0E+20: [true,"answer"]
message, 1.7976931348623E+308: [true,"answer"]
message, 2.2250738585072E-308: "answer"
message, 1.0E-12: "answer"
message, 1.0E-9: "answer"
