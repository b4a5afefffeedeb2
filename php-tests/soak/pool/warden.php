<?php
// Runs a trial, and sees to it that it leaves nothing. Started by ../pool.php, as process 1 of namespaces of its own where
// that is allowed: then each process and object that is seen here is the trial's.
declare(strict_types=1);

use Swoole\Process;

foreach (['trial', 'ledger', 'proc', 'worker', 'feeder', 'storm', 'master', 'account'] as $file) {
    require_once __DIR__ . "/$file.php";
}
require_once __DIR__ . '/../../support.inc';

final class Warden
{
    /** Seconds without any progress. */
    private const PATIENCE = 60;
    private array $violations = [];
    private ?int $master = null;
    private string $end = '';
    private int $size = -1;
    private float $moved;
    private float $deadline = INF;
    private bool $is_over = false;

    public function __construct(private readonly Trial $trial) {}

    public function run(): int
    {
        Proc::begin();
        $before = Proc::objects();
        $begun = microtime(true);
        $key = $this->trial->way === Way::Queue && $this->trial->is_fed_from_outside() ? 0x50a10000 + getmypid() % 0x10000 : 0;
        file_put_contents("{$this->trial->folder}/key", $key);
        $wire = new Wire();
        $master = new Master($this->trial, $wire);
        $this->master = (new Process(fn () => $master->run(), false, 0))->start();
        $this->trial->is_fed_from_outside() && Feeder::start_all($this->trial, $wire, null);
        $this->trial->part === Part::Orphans && (new Process($this->kill_master(...), false, 0))->start();
        $this->wait_for_all();
        $seconds = microtime(true) - $begun;
        $expected = $this->trial->part === Part::Orphans ? 'signal 9' : 'code 0';
        $this->end === $expected || $this->violations[] = "the master has ended with $this->end";
        if ($key !== 0) {
            $queue = new Process(fn () => 0, false, 0);
            $queue->useQueue($key);
            $left = $queue->statQueue()['queue_num'];
            $left === 0 || $this->violations[] = "$left messages are left in the queue";
            $queue->freeQueue();
        }
        foreach (array_diff(Proc::objects(), $before) as $object) {
            $this->violations[] = "left behind: $object";
        }
        file_exists($this->trial->socket()) && $this->violations[] = 'left behind: the path of the socket';
        // Millions of records; the processes of the trial had a limit to exceed.
        ini_set('memory_limit', '-1');
        return $this->report(new Account($this->trial), $seconds);
    }

    private function report(Account $account, float $seconds): int
    {
        echo $account->text($seconds), "\n";
        foreach ([...$this->violations, ...$account->violations] as $violation) {
            echo "VIOLATION: $violation\n";
        }
        return $this->violations === [] && $account->violations === [] ? 0 : 1;
    }

    /** Reaps all processes, until there are no more. */
    private function wait_for_all(): void
    {
        $this->moved = microtime(true);
        pcntl_async_signals(true);
        pcntl_signal(SIGALRM, $this->look(...), false);
        pcntl_alarm(1);
        while (!$this->is_over) {
            $pid = pcntl_waitpid(-1, $status);
            if ($pid === $this->master) {
                $this->end = pcntl_wifsignaled($status) ? 'signal ' . pcntl_wtermsig($status) : 'code ' . pcntl_wexitstatus($status);
                // From now on only orphans have a reason to be there; the rest is for a machine that is busy.
                $spare = getenv('SOAK_PLANT') === 'process' ? 1 : 10;
                $this->deadline = microtime(true) + ($this->trial->part === Part::Orphans ? $this->trial->max_wait() : 0) + $spare;
            } elseif ($pid === -1 && pcntl_get_last_error() === PCNTL_ECHILD) {
                if (Proc::of_trial() === []) {
                    break;
                }
                // Others have got them, where there are no namespaces.
                usleep(10_000);
            }
        }
        pcntl_alarm(0);
        pcntl_signal(SIGALRM, SIG_DFL);
    }

    /** Once a second: whether there is progress. */
    private function look(): void
    {
        pcntl_alarm(1);
        $now = microtime(true);
        clearstatcache();
        $size = array_sum(array_map(fn (string $path) => (int) @filesize($path), glob("{$this->trial->folder}/worker-*")));
        if ($size !== $this->size) {
            [$this->size, $this->moved] = [$size, $now];
        }
        $is_late = $now > $this->deadline;
        if ($is_late || $now > $this->moved + self::PATIENCE) {
            $this->violations[] = ($is_late ? 'left behind: ' : 'no progress: ') . implode(', ', Proc::of_trial());
            foreach (array_keys(Proc::of_trial()) as $pid) {
                posix_kill($pid, SIGKILL);
            }
            // What cannot even be killed is not waited for.
            $this->is_over = $now > min($this->deadline, $this->moved + self::PATIENCE) + 10;
        }
    }

    /** Kills the master, some time after the workers that are spared have begun. */
    private function kill_master(): void
    {
        while (glob("{$this->trial->folder}/worker-0-*") === [] || glob("{$this->trial->folder}/worker-1-*") === []) {
            usleep(500);
        }
        mt_srand($this->trial->seed);
        usleep(mt_rand(0, $this->trial->is_short() ? 40_000 : 400_000));
        touch("{$this->trial->folder}/killed");
        posix_kill($this->master, SIGKILL);
    }
}

[, $part, $way, $messages, $seed, $folder] = $argv;
exit((new Warden(new Trial(Part::from($part), Way::from($way), (int) $messages, (int) $seed, $folder)))->run());
