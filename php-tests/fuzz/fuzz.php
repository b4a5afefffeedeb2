<?php
// Calls everything that the module offers, with any values, in any order and place, and looks what breaks.
//
//   scripts/php php-tests/fuzz/fuzz.php [--calls=100000] [--seed=N] [--jobs=N] [--length=200] [--yields] [--switches] [--valgrind]
//                                       [--first=CASE] [--limit=SECONDS] [--keep=FOLDER] [--plant=STATEMENT] [--show=CASE]
//
// --calls      go on until so many calls were made
// --seed       repeats an earlier run
// --jobs       how many cases run at a time (default: the number of processors)
// --length     the calls of a case
// --yields     bodies yield at random, where something can yield
// --switches   as --yields, mostly where the engine is in the middle of something: Fibers, sorts, autoloaders, destructors
// --valgrind   under valgrind
// --first      begin with the case of this number
// --limit      what a case may take (default: 20, under valgrind 300)
// --keep       where failing scripts are written (default: target/fuzz)
// --plant      hides a statement in each script: to see that what it breaks is found
// --show       prints the script of that number and ends
//
// A case is a script that is made from the seed and its number, and runs in a process and in namespaces of its own.
// Anything but values, exceptions, warnings and the ends that a script asks for is a failure: it is made as small as
// it gets and written down. The exit status tells whether there was none and everything was called.
declare(strict_types=1);

foreach (['dice', 'surface', 'values', 'rules', 'contexts', 'tree', 'actions', 'sandbox', 'judge', 'shrinker', 'report'] as $part) {
    require __DIR__ . "/$part.php";
}

final class Fuzzer
{
    /** So many kinds of failure are made small; then it is enough. */
    private const KINDS = 12;
    /** Calls from which on everything must have been called. */
    private const LONG = 10000;
    /** A script is tried so often, and for so many seconds, while it is made smaller. */
    private const TRIES = 1500;
    private const SECONDS = 60.0;
    /** Cases of one kind of failure that are looked at, until one of them fails each time. */
    private const CASES = 5;

    /** @var array<int, Sandbox> by job */
    private array $sandboxes = [];
    /** @var array<int, array{int, Script}> what runs, by job */
    private array $running = [];
    /** @var array<string, array<int, Script>> the first cases of each kind of failure, by their numbers */
    private array $found = [];
    private readonly Report $report;
    private readonly Judge $judge;

    public function __construct(
        private readonly int $seed,
        private readonly int $length,
        private readonly Surface $surface,
        private readonly Actions $actions,
        private readonly Engine $engine,
        private readonly string $keep,
        /** The number of the next case. */
        private int $next,
    ) {
        $this->report = new Report();
        $this->judge = new Judge();
    }

    /** The case of a number. */
    public function script(int $number): Script
    {
        Dice::seed(crc32("$this->seed/$number"));
        return $this->actions->script($this->length);
    }

    /** Makes so many calls; whether all was well. */
    public function run(int $calls, int $jobs): bool
    {
        $started = microtime(true);
        $wrapper = Sandbox::wrapper();
        $wrapper === [] && print("no namespaces here: process ids are restricted, and what is left of System V is not counted\n");
        for ($job = 0; $job < $jobs; $job++) {
            $this->sandboxes[$job] = new Sandbox($this->engine, $wrapper, "$this->keep/job$job");
            $this->begin($job);
        }
        $descriptors = [];
        while ($this->running !== []) {
            foreach ($this->jobs_that_ended() as $job) {
                $descriptors[$job][] = $this->end($job)->facts['descriptors'];
                $this->report->calls() < $calls && count($this->found) < self::KINDS && $this->begin($job);
            }
        }
        foreach ($descriptors as $counts) {
            end($counts) > $counts[0] && $this->report->fail("the jail had $counts[0] descriptors in the beginning, now " . end($counts));
        }
        $this->report->show($this->surface->targets, microtime(true) - $started);
        array_walk($this->found, fn (array $cases, string $failure) => $this->explain($failure, $cases));
        array_map(fn (Sandbox $sandbox) => $sandbox->close(), $this->sandboxes);
        // Chance does not lead a short run everywhere.
        $everywhere = $calls < self::LONG || $this->report->uncovered($this->surface->targets) === [];
        return $this->report->failures() === [] && $everywhere;
    }

    private function begin(int $job): void
    {
        $number = $this->next++;
        $script = $this->script($number);
        $this->running[$job] = [$number, $script];
        $this->sandboxes[$job]->begin($script->text());
    }

    /** @return list<int> */
    private function jobs_that_ended(): array
    {
        $reports = array_map(fn (int $job) => $this->sandboxes[$job]->reports, array_combine(array_keys($this->running), array_keys($this->running)));
        $none = null;
        stream_select($reports, $none, $none, null);
        return array_keys($reports);
    }

    private function end(int $job): Ending
    {
        [$number, $script] = $this->running[$job];
        unset($this->running[$job]);
        $ending = $this->sandboxes[$job]->end();
        $this->report->add($ending);
        $failure = $this->failure($ending, $script, $this->sandboxes[$job]);
        if ($failure !== null) {
            $this->report->fail($failure) === 1 && print("case $number: $failure\n");
            count($this->found[$failure] ?? []) < self::CASES && $this->found[$failure][$number] = $script;
        }
        return $ending;
    }

    /** What the judge says; a script that may have used the processor without end is run again with more time. */
    private function failure(Ending $ending, Script $script, Sandbox $sandbox): ?string
    {
        $failure = $this->judge->failure($ending);
        if ($failure !== null || !$this->judge->is_suspect($ending, $this->engine->patience)) {
            return $failure;
        }
        $patience = 4 * $this->engine->patience;
        return $this->judge->is_suspect($sandbox->run($script->text(), $patience), $patience) ? 'used the processor without end' : null;
    }

    /**
     * Makes a script of a failure small, writes it, and says how to run it.
     *
     * @param array<int, Script> $cases of which the one is taken that fails most often when it is run again
     */
    private function explain(string $failure, array $cases): void
    {
        $sandbox = $this->sandboxes[0];
        $fails = fn (Script $smaller): bool => $this->failure($sandbox->run($smaller->text()), $smaller, $sandbox) === $failure;
        // Some need luck; a failure that does not come again is written down as it is.
        $again = [];
        $number = array_key_first($cases);
        foreach ($cases as $case => $script) {
            $times = array_filter(range(1, 3), fn () => $fails($script));
            count($times) > count($again) && [$again, $number] = [$times, $case];
            if (count($again) === 3) {
                break;
            }
        }
        $script = $cases[$number];
        $small = $again === [] ? $script : (new Shrinker($fails, self::TRIES, self::SECONDS))->shrink($script);
        $file = sprintf('%s/%s-seed%d-case%d.php', $this->keep, substr(preg_replace('/\W+/', '-', $failure), 0, 50), $this->seed, $number);
        file_put_contents($file, $small->text());
        $how = $again === [] ? 'did not fail again: not made smaller' : count($again) . ' of 3 times again';
        printf("\n%s (case %d, %s)\n", $failure, $number, $how);
        if ($again !== []) {
            $begin = "Fuzz::begin();\n";
            $statements = substr($small->text(), strpos($small->text(), $begin) + strlen($begin));
            echo trim($statements), "\n";
        }
        echo '  ', implode(' ', array_map('escapeshellarg', [...Sandbox::wrapper(), ...$this->engine->bare($file)])), "\n";
    }
}

function stop(string $why): never
{
    fwrite(STDERR, "fuzz: $why\n");
    exit(2);
}

/** The command that runs PHP as it runs this script. */
function php_command(): array
{
    $words = explode("\0", rtrim(file_get_contents('/proc/self/cmdline'), "\0"));
    return [PHP_BINARY, ...array_slice($words, 1, array_search($_SERVER['argv'][0], $words, true) - 1)];
}

foreach (['pcntl', 'posix', 'swoole_process'] as $extension) {
    extension_loaded($extension) || stop("the extension $extension is missing");
}
$options = ['calls' => '100000', 'seed' => (string) random_int(1, 1 << 30), 'jobs' => (string) max(1, swoole_cpu_num()), 'length' => '200',
    'keep' => dirname(__DIR__, 2) . '/target/fuzz', 'first' => '0', 'limit' => null, 'plant' => null, 'show' => null];
$flags = ['yields' => false, 'switches' => false, 'valgrind' => false];
foreach (array_slice($argv, 1) as $argument) {
    preg_match('/^--(\w+)(?:=(.*))?$/s', $argument, $m) || stop("unknown argument $argument");
    match (true) {
        isset($m[2]) && array_key_exists($m[1], $options) => $options[$m[1]] = $m[2],
        !isset($m[2]) && isset($flags[$m[1]]) => $flags[$m[1]] = true,
        default => stop("unknown argument $argument"),
    };
}
foreach (['calls', 'seed', 'jobs', 'length', 'first', 'show'] as $name) {
    $options[$name] === null || preg_match('/^\d{1,15}$/', $options[$name]) || stop("--$name needs a number");
}
$surface = new Surface('swoole_process');
$values = new Values($surface->classes);
$rules = new Rules($values, Sandbox::wrapper() !== []);
$actions = new Actions($surface, $values, $rules, new Contexts($flags['switches']), $flags['yields'] || $flags['switches'], $options['plant']);
is_dir($options['keep']) || mkdir($options['keep'], 0777, true);
$engine = new Engine(php_command(), $flags['valgrind'], $options['limit'] === null ? null : (float) $options['limit']);
$fuzzer = new Fuzzer((int) $options['seed'], (int) $options['length'], $surface, $actions, $engine, realpath($options['keep']),
    (int) $options['first']);
if ($options['show'] !== null) {
    echo $fuzzer->script((int) $options['show'])->text();
    exit(0);
}
printf("seed %d: %d calls of %d functions and methods, %d at a time%s\n", $options['seed'], $options['calls'], count($surface->targets),
    $options['jobs'], $flags['valgrind'] ? ', under valgrind' : '');
exit($fuzzer->run((int) $options['calls'], (int) $options['jobs']) ? 0 : 1);
