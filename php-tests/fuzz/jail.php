<?php
// Runs scripts one after the other, and sees to it that nothing of one is left for the next.
//
// Started by sandbox.php, as process 1 of namespaces of its own where that is allowed: then every process, queue and
// segment that is seen here is the script's, and no signal of a script reaches another process of the machine.
//
// A line of JSON on the standard input says what is to be run; a line of JSON on the standard output tells how it ended.
declare(strict_types=1);

final class Jail
{
    /** What is sent to a script that is over its time. */
    private const POLL_MICROSECONDS = 500;

    private readonly bool $alone;

    public function __construct()
    {
        $this->alone = getmypid() === 1;
    }

    /**
     * @param array{command: list<string>, environment: array<string, string>, folder: string, limit: float} $order
     * @return array<string, mixed> what is known about the end
     */
    public function run(array $order): array
    {
        $this->empty($order['folder']);
        $out = ['file', "$order[folder]/output", 'a'];
        $process = proc_open($order['command'], [['file', '/dev/null', 'r'], $out, $out], $pipes, $order['folder'] . '/run', $order['environment']);
        $main = proc_get_status($process)['pid'];
        $end = $this->wait_for($main, microtime(true) + $order['limit']);
        // The script's own process is gone, or over its time: what it has left has as long again.
        $end['left'] = $end['over_time'] ? [] : $this->wait_for_the_rest($order['limit'], $end);
        $this->kill_everything($main, $end);
        proc_close($process);
        return $end + ['objects' => $this->system_v_objects(), 'descriptors' => count(scandir('/proc/self/fd'))];
    }

    /** Waits for the script's own process. */
    private function wait_for(int $main, float $deadline): array
    {
        $end = ['code' => null, 'signal' => null, 'seconds' => 0.0, 'over_time' => false, 'orphans' => []];
        while ($end['code'] === null && $end['signal'] === null) {
            if (!$this->reap($main, $end)) {
                if (microtime(true) > $deadline) {
                    $end['over_time'] = true;
                    $end['stuck'] = $this->processes();
                    break;
                }
                usleep(self::POLL_MICROSECONDS);
            }
        }
        return $end;
    }

    /** @return list<string> processes that have not ended in time */
    private function wait_for_the_rest(float $limit, array &$end): array
    {
        $deadline = microtime(true) + $limit;
        while (($left = $this->processes()) !== []) {
            if (!$this->reap(0, $end)) {
                if (microtime(true) > $deadline) {
                    return $left;
                }
                usleep(self::POLL_MICROSECONDS);
            }
        }
        return [];
    }

    /** Reaps a process that has ended, if there is one. */
    private function reap(int $main, array &$end): bool
    {
        $pid = pcntl_waitpid(-1, $status, WNOHANG, $usage);
        if ($pid <= 0) {
            return false;
        }
        $signal = pcntl_wifsignaled($status) ? pcntl_wtermsig($status) : null;
        if ($pid === $main) {
            $end['code'] = $signal === null ? pcntl_wexitstatus($status) : null;
            $end['signal'] = $signal;
            foreach (['ru_utime', 'ru_stime'] as $kind) {
                $end['seconds'] += $usage["$kind.tv_sec"] + $usage["$kind.tv_usec"] / 1e6;
            }
        } elseif ($signal !== null) {
            $end['orphans'][] = $signal;
        }
        return true;
    }

    private function kill_everything(int $main, array &$end): void
    {
        for ($round = 0; $round < 200 && ($left = $this->processes()) !== []; $round++) {
            foreach (array_keys($left) as $pid) {
                posix_kill($pid, SIGKILL);
            }
            while ($this->reap($main, $end)) {
            }
            usleep(self::POLL_MICROSECONDS);
        }
        while ($this->reap($main, $end)) {
        }
    }

    /** @return array<int, string> the processes of the script, told by the namespace or by their environment */
    private function processes(): array
    {
        $found = [];
        foreach (glob('/proc/[0-9]*') as $folder) {
            $pid = (int) basename($folder);
            if ($pid === getmypid() || !preg_match('/^\d+ \((.*)\) (\S) (\d+)/s', (string) @file_get_contents("$folder/stat"), $m)) {
                continue;
            }
            $ours = $this->alone || (int) $m[3] === getmypid()
                || str_contains((string) @file_get_contents("$folder/environ"), 'FUZZ_JAIL=' . getenv('FUZZ_JAIL'));
            // A zombie whose parent lives is its parent's affair, and goes with it.
            if ($ours && ($m[2] !== 'Z' || (int) $m[3] === getmypid())) {
                $found[$pid] = "$pid ($m[1], $m[2]) " . strtr((string) @file_get_contents("$folder/wchan"), "\n", ' ');
            }
        }
        return $found;
    }

    /** Counts what the script has left of System V, and removes it. */
    private function system_v_objects(): array
    {
        $counts = ['msg' => 0, 'shm' => 0, 'sem' => 0];
        if (!$this->alone) {
            return $counts;
        }
        foreach (['msg' => '-q', 'shm' => '-m', 'sem' => '-s'] as $kind => $option) {
            foreach (array_slice(file("/proc/sysvipc/$kind") ?: [], 1) as $line) {
                $counts[$kind]++;
                $id = preg_split('/\s+/', trim($line))[1];
                pclose(popen("ipcrm $option $id 2>&1", 'r'));
            }
        }
        return $counts;
    }

    /** A new folder for what the script and its outputs write. */
    private function empty(string $folder): void
    {
        foreach ([...glob("$folder/run/*"), ...glob("$folder/valgrind.*"), "$folder/output", "$folder/errors", "$folder/trace"] as $file) {
            @unlink($file);
        }
        is_dir("$folder/run") || mkdir("$folder/run");
    }
}

$jail = new Jail();
while (($line = fgets(STDIN)) !== false) {
    echo json_encode($jail->run(json_decode($line, true, flags: JSON_THROW_ON_ERROR)), JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE), "\n";
}
