using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Scheduling;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>Random traces in virtual time; <see cref="SimulationChecks"/> has the rules that hold at every moment.</summary>
public sealed class SimulationTests
{
    const double LongestService = 4;
    const double LongestLoad = 3;
    const double Unload = 0.2;

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 8)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Run_AnyTrace_EveryRuleHolds(int block)
    {
        for (var seed = block * 20; seed < (block + 1) * 20; seed++)
        {
            var simulation = Calm(seed, out var random);
            var failing = random.Next(3) == 0;
            simulation.LoadFails = _ => failing && random.Next(6) == 0;
            simulation.Extra = _ => random.Next(12) == 0 ? random.Next(1, 30) : 0;
            var experts = simulation.Scheduler.Experts.ToArray();
            if (random.Next(2) == 0)
            {
                var (at, small) = (random.NextDouble() * 60, random.Next(80, 300));
                simulation.At(at, () => simulation.SetBudget(small));
                simulation.At(at + 30, () => simulation.SetBudget(300));
            }

            if (random.Next(2) == 0)
            {
                var old = experts[^1];
                var successor = SchedulerSimulation.Expert(old.Slots[0].Entry.Config with { Context = 7 }, random.Next(20, 120));
                simulation.At(random.NextDouble() * 60, () => simulation.Retire(old, random.Next(2) == 0 ? successor : null));
            }

            simulation.Run();
            simulation.CheckQuiescent();
        }
    }

    /// <summary>
    /// While loads succeed and budgets stay, a request is granted at the latest at the bound of its class plus one turn for
    /// every expert, a turn being hold + longest service + unload + load, plus one longest service for each request that
    /// waited before it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Blocks))]
    public void Run_AnyTrace_WaitingIsBounded(int block)
    {
        for (var seed = block * 20; seed < (block + 1) * 20; seed++)
        {
            var simulation = Calm(1000 + seed, out _);
            simulation.Run();
            simulation.CheckQuiescent();
            var turn = (4 * LongestLoad) + LongestService + Unload + LongestLoad;
            foreach (var request in simulation.Requests.Where(r => r.Granted))
            {
                var own = request.Waiter!.Class == RequestClass.Batch ? simulation.Options.BatchMaxWait : simulation.Options.MaxWait;
                var bound = own + TimeSpan.FromSeconds((turn * simulation.Scheduler.Experts.Count) + (LongestService * request.Ahead));
                Assert.True(request.Waited <= bound, $"seed {1000 + seed}: {request.Expert.Id} at {request.At} waited {request.Waited} > {bound}");
            }
        }
    }

    /// <summary>Experts of all kinds, and requests and clients that leave; loads succeed as estimated.</summary>
    static SchedulerSimulation Calm(int seed, out Random random)
    {
        var r = random = new Random(seed);
        var options = new SchedulerConfig
        {
            MaxWait = TimeSpan.FromSeconds(r.Next(1, 15)),
            BatchMaxWait = TimeSpan.FromSeconds(r.Next(20, 60)),
            ParallelLoads = r.Next(1, 3),
            MaxRunning = r.Next(4) == 0 ? 3 : 1024,
        };
        var simulation = new SchedulerSimulation(300, options, $"seed {seed}")
        {
            LoadTime = _ => TimeSpan.FromSeconds(0.05 + (r.NextDouble() * (LongestLoad - 0.05))),
            UnloadTime = _ => TimeSpan.FromSeconds(r.NextDouble() * Unload),
        };
        var shared = new SharedWeights(r.Next(40, 120));
        var experts = Enumerable.Range(0, r.Next(3, 9)).Select(i => simulation.Add(
            $"e{i}", r.Next(20, 140),
            c => c with
            {
                MaxSequences = r.Next(1, 5),
                Pin = i == 0 && r.Next(3) == 0,
                Priority = r.Next(5) == 0 ? r.Next(10) : 0,
                Preload = r.Next(4) == 0,
                IdleUnload = r.Next(4) == 0 ? TimeSpan.FromSeconds(5) : null,
            },
            r.Next(3) == 0 ? shared : null, r.Next(4) == 0 ? r.Next(10, 60) : null)).ToArray();
        for (var (i, at) = (0, 0.0); i < 150; i++)
        {
            at += r.Next(10) == 0 ? 5 : r.NextDouble();
            simulation.Request(
                at, experts[Math.Min(r.Next(experts.Length), r.Next(experts.Length))], r.NextDouble() * LongestService,
                r.Next(4) == 0 ? RequestClass.Batch : RequestClass.Interactive, r.Next(5) == 0 ? r.NextDouble() * 10 : null, r.Next(2) == 0);
        }

        for (var i = 0; i < 20; i++)
            simulation.Request(40, experts[r.Next(experts.Length)], 0.5, RequestClass.Batch);
        return simulation;
    }
}
