--TEST--
what waits to be written is sent although the script removes and closes the descriptor
--FILE--
<?php
use Swoole\{Event, Process};
$reader = fn () => function (Process $p) {
    for ($got = ''; strlen($got) < 3000003; $got .= $part) {
        if (($part = fread(STDIN, 65536)) === '' || $part === false) {
            break;
        }
    }
    fwrite(STDERR, '');
    file_put_contents($GLOBALS['report'], strlen($got) . ' bytes, the last are ' . substr($got, -3));
};
$report = tempnam(sys_get_temp_dir(), 'report');
foreach (['del and fclose', 'close of a process pipe', 'the object goes'] as $way) {
    if ($way === 'del and fclose') {
        [$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        $p = new Process(function () use ($b, $report, &$a) {
            fclose($a);
            for ($got = ''; ($part = fread($b, 65536)) !== '' && $part !== false; $got .= $part);
            file_put_contents($report, strlen($got) . ' bytes, the last are ' . substr($got, -3));
        }, false, 0);
        Event::add($a, fn () => null);
        Event::write($a, str_repeat('x', 3000000));
        Event::write($a, 'end');
        $p->start();
        Event::del($a);
        fclose($a);
        fclose($b);
    } else {
        $p = new Process($reader(), true, Process::PIPE_TYPE_STREAM);
        Event::defer(fn () => null);
        $p->setBlocking(false);
        $p->write(str_repeat('x', 3000000));
        $p->write('end');
        $p->start();
        if ($way === 'the object goes') {
            unset($p);
        } else {
            $p->close();
        }
    }
    Event::wait();
    Process::wait();
    echo "$way: ", file_get_contents($report), "\n";
}
unlink($report);
?>
--EXPECT--
del and fclose: 3000003 bytes, the last are end
close of a process pipe: 3000003 bytes, the last are end
the object goes: 3000003 bytes, the last are end
