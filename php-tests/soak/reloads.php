<?php
// Tortures the program `pool`: workers take numbered jobs from a queue while the pool is reloaded again and again, while
// workers are killed, and while the master is killed. After each part every job is accounted for.
//
//   scripts/php php-tests/soak/reloads.php [--seed=N] [--reloads=N] [--kills=N] [--masters=N] [--template] [--quick]
//
// reloads   Each reload brings a new version of the script, each twentieth one a version that fails. No job is lost or done
//           twice, a reload tells whether it was successful, and after one that was, no old version begins a job. The master
//           keeps its number of descriptors.
// kills     A worker is killed at any moment: it may lose the one job that it had taken.
// masters   The master is killed: no process of a worker is left, and no job is lost. The pool starts again at once.
//
// A worker appends a line to a file before and after each job by one write(2). Ends with 1 when something is not as it should
// be. SOAK_PLANT plants a fault that has to be found: loss, twice, old.
//
// --seed      the same numbers draw the same lots (default: 1)
// --reloads   how many (default 1000), --kills (default 300), --masters (default 30)
// --template  workers are forked from a template; each fifth one that is killed is the template
// --quick     22 reloads, 10 kills and 3 masters: a few seconds
declare(strict_types=1);

use Swoole\{Atomic, Process};
use SwooleProcess\Pool\{Client, Failure};

require __DIR__ . '/../support.inc';
require __DIR__ . '/../../lib/swoole-process/autoload.php';

const WORKERS = 3;
/** Seconds that anything may take, on a machine that is busy with other things. */
const LIMIT = 60;
/** Jobs that wait for workers. */
const WAITING = 20;

$options = getopt('', ['seed:', 'reloads:', 'kills:', 'masters:', 'template', 'quick']);
$quick = isset($options['quick']);
mt_srand((int) ($options['seed'] ?? 1));

final class Trial
{
    private const SCRIPT = <<<'PHP'
        <?php
        FAILS && exit(7);
        $queue = new Swoole\Process(static fn () => null);
        $queue->useQueue(KEY, 2 | Swoole\Process::IPC_NOWAIT);
        $file = fopen('FOLDER/ledger', 'a');
        fwrite($file, 'worker ' . getmypid() . "\n");
        return function (Swoole\Process\Pool $pool, int $worker) use ($queue, $file) {
            $job = @$queue->pop();
            if ($job === false) {
                return false;
            }
            fwrite($file, "begin $job " . getmypid() . ' ' . hrtime(true) . " VERSION\n");
            usleep(mt_rand(0, 3000));
            if (!('PLANT' === 'loss' && $job === '40')) {
                fwrite($file, "done $job\n");
            }
            'PLANT' === 'twice' && $job === '40' && fwrite($file, "begin $job " . getmypid() . ' ' . hrtime(true) . " VERSION\ndone $job\n");
        };
        PHP;

    public int $version = 0;
    private string $folder;
    private int $key;
    private Process $queue;
    private Atomic $pushed;
    private Atomic $isOver;
    private ?Process $feeder = null;
    /** The feeder ends with it, whatever happens. */
    private int $owner;
    private ?Process $master = null;
    private readonly Client $client;
    /** @var array<int, int> when a version had replaced all older ones */
    private array $since = [];
    /** How much of the ledger tells of workers of earlier masters. */
    private int $read = 0;
    /** @var array<int, true> */
    public array $killed = [];

    public function __construct(private readonly string $plant, private readonly bool $hasTemplate)
    {
        $this->folder = sys_get_temp_dir() . '/reloads-' . getmypid();
        mkdir($this->folder);
        touch("$this->folder/ledger");
        // Code that all versions share.
        file_put_contents("$this->folder/template.php", '<?php function shared() {}');
        $this->key = ftok($this->folder, 'r');
        $this->queue = new Process(static fn () => null);
        $this->queue->useQueue($this->key, 2);
        [$this->pushed, $this->isOver] = [new Atomic(), new Atomic()];
        $this->client = new Client("$this->folder/a.sock");
    }

    /** A version that the next reload brings. */
    public function write(bool $fails = false): void
    {
        $this->version++;
        $version = $this->plant === 'old' && $this->version === 7 ? 3 : $this->version;
        $code = strtr(self::SCRIPT, ['KEY' => $this->key, 'FOLDER' => $this->folder, 'VERSION' => $version, 'PLANT' => $this->plant, 'FAILS' => $fails ? 'true' : 'false']);
        file_put_contents("$this->folder/new", $code);
        // Opcache knows a changed file by its time, in whole seconds.
        touch("$this->folder/new", 1_000_000_000 + $this->version);
        rename("$this->folder/new", "$this->folder/worker.php");
    }

    public function start(): void
    {
        $words = [
            ...php_command(), __DIR__ . '/../../bin/pool', 'run', '-n' . WORKERS, "--socket=$this->folder/a.sock", '--name=a', '--idle=1ms',
            '--restart-delay=10ms', '--restart-max-delay=20ms', '--grace=' . LIMIT, "--log=$this->folder/log",
            ...$this->hasTemplate ? ["--template=$this->folder/template.php"] : [], "$this->folder/worker.php",
        ];
        $this->master = Process::command($words, ['stdin' => 'null']);
        $this->await('it is ready', fn () => ($this->status()['state'] ?? '') === 'running');
    }

    /** Jobs come until settle(), some of them in advance. */
    public function feed(): void
    {
        $this->isOver->set(0);
        $this->owner = (int) getmypid();
        $this->feeder = new Process(function (): void {
            while ($this->isOver->get() === 0 && posix_getppid() === $this->owner) {
                $this->queue->statQueue()['queue_num'] < WAITING ? $this->queue->push((string) $this->pushed->add()) : usleep(500);
            }
        });
        $this->feeder->start();
    }

    public function status(): ?array
    {
        try {
            return $this->client->status();
        } catch (Failure) {
            return null;
        }
    }

    public function reload(bool $fails): void
    {
        $answer = $this->client->ask('reload');
        $answer['ok'] === !$fails || $this->wrong("reload to $this->version: " . json_encode($answer));
        if (!$fails) {
            $this->since[$this->version] = hrtime(true);
        }
    }

    /** The processes of the workers. */
    public function pids(): array
    {
        return array_values(array_filter(array_column($this->status()['workers'] ?? [], 'pid')));
    }

    /** How many descriptors the master has, and its memory in KB. */
    public function size(): array
    {
        preg_match('/^VmRSS:\s+(\d+)/m', file_get_contents("/proc/{$this->master->pid}/status"), $parts);
        return [count(scandir("/proc/{$this->master->pid}/fd")), (int) $parts[1]];
    }

    public function killMaster(): void
    {
        Process::kill($this->master->pid, SIGKILL);
        $this->master->join();
        preg_match_all('/^worker (\d+)$/m', file_get_contents("$this->folder/ledger", offset: $this->read), $parts);
        $alive = fn () => array_filter(array_unique($parts[1]), fn (string $pid) => $this->isWorker((int) $pid));
        $this->await('workers end with their master', fn () => $alive() === []);
        $this->read = filesize("$this->folder/ledger");
    }

    /** The number of a process that has ended may be another's. */
    private function isWorker(int $pid): bool
    {
        return !in_array(state($pid), [null, 'Z', 'X'], true) && str_starts_with((string) @file_get_contents("/proc/$pid/cmdline"), 'a-');
    }

    /** Lets workers do what waits, stops the pool, and tells what was. */
    public function settle(string $part): void
    {
        $this->isOver->set(1);
        $this->feeder->join();
        $this->await('all jobs are taken', fn () => $this->queue->statQueue()['queue_num'] === 0);
        $this->client->ask('stop');
        $end = $this->master->join();
        $end['code'] === 0 && $end['signal'] === 0 || $this->wrong("$part: the master has ended with " . ending($end));
        $this->account($part);
    }

    private function account(string $part): void
    {
        [$begun, $done, $twice] = [[], [], 0];
        // A version begins jobs until the next one that came up has replaced it.
        for ([$version, $until, $time] = [$this->version, [], INF]; $version > 0; $version--) {
            $until[$version] = $time;
            $time = $this->since[$version] ?? $time;
        }
        foreach (file("$this->folder/ledger") as $line) {
            $words = explode(' ', rtrim($line));
            if ($words[0] === 'begin') {
                [, $job, $pid, $at, $version] = $words;
                $twice += isset($begun[$job]) ? 1 : 0;
                $begun[$job] = (int) $pid;
                if ($at > ($until[(int) $version] ?? INF)) {
                    $this->wrong("$part: job $job was begun by version $version after a newer one had replaced it");
                }
            } elseif ($words[0] === 'done') {
                $twice += isset($done[$words[1]]) ? 1 : 0;
                $done[$words[1]] = true;
            }
        }
        $jobs = $this->pushed->get();
        $lost = array_filter(array_diff_key($begun, $done), fn (int $pid) => !isset($this->killed[$pid]));
        $unfinished = count(array_diff_key($begun, $done));
        $missing = $jobs - count($begun);
        $lost === [] || $this->wrong("$part: jobs " . implode(', ', array_keys($lost)) . ' were begun and not done, and their workers were not killed');
        $twice === 0 || $this->wrong("$part: $twice jobs were begun or done twice");
        $unfinished + $missing <= count($this->killed) || $this->wrong("$part: $unfinished jobs were not finished and $missing not begun, more than the " . count($this->killed) . ' processes that were killed');
        echo "$part: $jobs jobs, ", count($done), " done, $unfinished lost after their begin, $missing before, ", count($this->killed), " workers killed\n";
    }

    public function await(string $what, callable $condition): void
    {
        for ($until = microtime(true) + LIMIT; !$condition(); usleep(5000)) {
            if (microtime(true) > $until) {
                $this->wrong("'$what' has not come");
            }
        }
    }

    public function wrong(string $what): never
    {
        fwrite(STDERR, "VIOLATION: $what\n" . (string) @shell_exec('tail -5 ' . escapeshellarg("$this->folder/log")));
        $this->end();
        exit(1);
    }

    public function end(): void
    {
        foreach ([$this->feeder, $this->master] as $process) {
            $process?->isAlive() && Process::kill($process->pid, SIGKILL);
        }
        $this->queue->freeQueue();
        array_map(unlink(...), glob("$this->folder/*"));
        rmdir($this->folder);
    }
}

$plant = (string) getenv('SOAK_PLANT');
$reloads = (int) ($options['reloads'] ?? ($quick ? 22 : 1000));
$trial = new Trial($plant, isset($options['template']));
$trial->write();
$trial->start();
$trial->feed();
$times = [];
for ($number = 1; $number <= $reloads; $number++) {
    $fails = $number % 20 === 0;
    $trial->write($fails);
    $began = hrtime(true);
    $trial->reload($fails);
    $fails || $times[] = (hrtime(true) - $began) / 1e6;
    $number > 10 || $before = $trial->size();
}
// The template of a failed version ends a moment after its reload.
$trial->await("the number of descriptors before, $before[0]", fn () => $trial->size()[0] <= $before[0]);
$after = $trial->size();
$after[1] <= $before[1] + 4096 || $trial->wrong("the master had $before[1] KB and has $after[1]");
$trial->settle("$reloads reloads");
sort($times);
printf("  a reload of %d workers took %d ms, at most %d; the master had %d KB, then %d\n", WORKERS, $times[intdiv(count($times), 2)], end($times), $before[1], $after[1]);

$kills = (int) ($options['kills'] ?? ($quick ? 10 : 300));
// The last one may fail.
$trial->write();
$trial->start();
$trial->feed();
$templates = 0;
for ($number = 0; $number < $kills; $number++) {
    usleep(mt_rand(0, 20000));
    $pids = $trial->pids();
    $template = $trial->status()['template']['pid'] ?? null;
    // The pool boots another one when a worker needs it.
    if ($template !== null && $template !== ($killed ?? null) && $number % 5 === 0) {
        Process::kill($killed = $template, SIGKILL);
        $templates++;
    } elseif ($pids !== [] && Process::kill($pid = $pids[array_rand($pids)], SIGKILL)) {
        $trial->killed[$pid] = true;
        $trial->await('another process', fn () => !in_array($pid, $trial->pids(), true));
    }
}
$trial->settle("$kills kills of workers" . (isset($options['template']) ? ", of which $templates of the template" : ''));

$masters = (int) ($options['masters'] ?? ($quick ? 3 : 30));
$trial->start();
$trial->feed();
for ($number = 0; $number < $masters; $number++) {
    usleep(mt_rand(0, 100000));
    $trial->killMaster();
    $trial->start();
}
$trial->settle("$masters kills of the master");
$trial->end();
echo "all is accounted for\n";
