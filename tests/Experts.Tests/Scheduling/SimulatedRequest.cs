using Orchestrator.Experts.Loading;
using Orchestrator.Experts.Scheduling;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Experts.Tests.Scheduling;

/// <summary>One request of a <see cref="SchedulerSimulation"/> and what became of it.</summary>
sealed class SimulatedRequest(TimeSpan at, SchedulerExpert expert, TimeSpan service)
{
    public TimeSpan At { get; } = at;

    public SchedulerExpert Expert { get; } = expert;

    public TimeSpan Service { get; } = service;

    public Waiter? Waiter { get; set; }

    /// <summary>Requests that waited when it came.</summary>
    public int Ahead { get; set; }

    /// <summary>Granted, refused or cancelled: exactly one of them at the end.</summary>
    public int Answers { get; private set; }

    public bool Granted { get; private set; }

    public bool Left { get; private set; }

    public ExpertException? Reason { get; private set; }

    public TimeSpan AnsweredAt { get; private set; }

    public TimeSpan Waited => AnsweredAt - At;

    public void Answer(TimeSpan now, ExpertException? reason)
    {
        (Answers, AnsweredAt, Reason) = (Answers + 1, now, reason);
        Granted |= reason is null;
    }

    public void Leave(Scheduler scheduler, TimeSpan now)
    {
        if (!scheduler.Leave(Waiter!))
            return;
        (Answers, AnsweredAt, Left) = (Answers + 1, now, true);
    }
}

/// <summary>Bytes that are held, and nothing else.</summary>
sealed class SimulatedModel(long bytes, long weights) : IResidentModel
{
    public long ResidentBytes => bytes;

    public long WeightBytes => weights;

    public ModelActivity Activity => default;

    public IAsyncEnumerable<GenerationChunk> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("nothing is generated in virtual time");

    public void Abandon(string reason)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
