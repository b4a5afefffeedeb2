--TEST--
functions that run commands do in coroutines what they do elsewhere
--FILE--
<?php
require __DIR__ . '/hooks.inc';
$pipes = [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']];
compare_calls([
    'exec' => function () { $l = ['before']; return [exec('echo "a  "; echo; echo " b	"', $l, $c), $l, $c]; },
    'exec, no lines' => fn() => [exec('exit 2', $l, $c), $l, $c],
    'exec, one long line' => fn() => strlen(exec('head -c 100000 /dev/zero | tr "\0" x')),
    'exec, no end of a line' => fn() => exec('printf "a\nb"'),
    'exec, empty' => fn() => exec(''),
    'exec, NUL' => fn() => exec("a\0b"),
    'exec, not found' => fn() => [exec('2>&1 /nowhere/at-all', $l, $c), $c],
    'exec, killed' => fn() => [exec('kill -9 $$', $l, $c), $l, $c],
    'exec, not an array' => function () { $l = 5; return [exec('echo a', $l), $l]; },
    'exec, typed' => function () { $o = new class { public string $l = ''; }; return exec('echo a', $o->l); },
    'exec, typed code' => function () { $o = new class { public ?string $c = ''; }; exec('exit 3', $l, $o->c); return $o->c; },
    'shell_exec, nothing' => fn() => shell_exec('exit 3'),
    'shell_exec, much' => fn() => md5(shell_exec('seq 50000')),
    'system' => fn() => [system('echo a; echo b; exit 3', $c), $c],
    'system, nothing' => fn() => [system('true', $c), $c],
    'passthru' => fn() => [passthru('printf "a\0b"; exit 3', $c), $c],
    'popen, what it is' => function () { $p = popen('true', 'r'); $m = stream_get_meta_data($p); pclose($p); return $m; },
    'popen, mode' => fn() => popen('cat', 'x'),
    'popen, empty' => function () { $p = popen('', 'r'); return [fgets($p), feof($p), pclose($p)]; },
    'popen, to the end' => function () { $p = popen('echo a; echo b', 'r'); $r = []; while (!feof($p)) { $r[] = fgets($p); } return [$r, pclose($p)]; },
    'popen, killed' => function () { $p = popen('kill -9 $$', 'r'); return [fread($p, 10), feof($p), pclose($p)]; },
    'popen, fclose' => function () { $p = popen('exit 3', 'r'); return fclose($p); },
    'popen, nobody reads' => function () { $p = popen('exec <&-; exit 3', 'w'); while (@fwrite($p, 'x') === 1); return [fwrite($p, 'x'), pclose($p)]; },
    'popen, write to r' => function () { $p = popen('true', 'r'); return [fwrite($p, 'x'), pclose($p)]; },
    'popen, read from w' => function () { $p = popen('cat >/dev/null', 'w'); return [fread($p, 1), pclose($p)]; },
    'popen, not blocking' => function () { $p = popen('exec sleep 0.2', 'r'); stream_set_blocking($p, false); return [fread($p, 1), feof($p), stream_get_meta_data($p), pclose($p)]; },
    'popen, seek' => function () { $p = popen('echo abc', 'r'); return [fseek($p, 1), ftell($p), fgets($p), ftell($p), pclose($p)]; },
    'popen, select' => function () { $p = popen('echo abc', 'r'); $r = [$p]; $w = $e = null; return [stream_select($r, $w, $e, 5), fgets($p), pclose($p)]; },
    'popen, closed twice' => function () { $p = popen('true', 'r'); pclose($p); return pclose($p); },
    'popen, copied' => function () { $p = popen('seq 9999', 'r'); $m = fopen('php://memory', 'w+'); return [stream_copy_to_stream($p, $m), md5(stream_get_contents($m, null, 0)), pclose($p)]; },
    'popen, lines' => function () { $p = popen('seq 3', 'r'); return [stream_get_line($p, 100, "\n"), fscanf($p, '%d'), fgetc($p), fpassthru($p), pclose($p)]; },
    'proc_open' => function () use ($pipes) {
        $p = proc_open('read a; echo "<$a>"; echo oops >&2; exit 3', $pipes, $ends);
        fwrite($ends[0], "hi\n");
        return [stream_get_contents($ends[1]), stream_get_contents($ends[2]), stream_get_meta_data($ends[1]), proc_close($p)];
    },
    'proc_open, list' => fn() => proc_close(proc_open(['sh', '-c', 'exit $0', '4'], [], $ends)),
    'proc_open, not found' => fn() => proc_open(['/nowhere/at-all'], [], $ends) === false,
    'proc_open, killed' => function () { $p = proc_open('kill -9 $$', [], $ends); return proc_close($p); },
    'proc_get_status' => function () {
        $p = proc_open(['cat'], [['pipe', 'r']], $ends);
        $running = array_diff_key(proc_get_status($p), ['pid' => 0]);
        fclose($ends[0]);
        while (($s = proc_get_status($p))['running']) { usleep(1000); }
        return [$running, array_diff_key($s, ['pid' => 0]), proc_close($p)];
    },
    'proc_terminate' => function () { $p = proc_open(['cat'], [['pipe', 'r']], $ends); return [proc_terminate($p), proc_close($p)]; },
    'proc_close, twice' => function () { $p = proc_open('true', [], $ends); proc_close($p); return proc_close($p); },
    'proc_close, a stream' => fn() => proc_close(fopen('php://memory', 'r')),
    'proc_close, pipes' => function () { $p = proc_open('cat', [['pipe', 'r'], ['pipe', 'w']], $ends); proc_close($p); return fwrite($ends[0], 'x'); },
    'proc_close, reaped by another' => function () {
        // It must not have ended when proc_get_status() looks, which would reap it.
        $p = proc_open('read line; exit 3', [['pipe', 'r']], $ends);
        $pid = proc_get_status($p)['pid'];
        fclose($ends[0]);
        pcntl_waitpid($pid, $status);
        return proc_close($p);
    },
    'a terminal' => function () {
        $p = proc_open('tty >/dev/null && echo yes', [['pty'], ['pty'], ['pty']], $ends);
        return [fgets($ends[1]), proc_close($p)];
    },
]);
?>
--EXTENSIONS--
pcntl
--EXPECT--
42 calls, 0 differ
