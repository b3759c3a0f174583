using Orchestrator.Jobs.Messages;

namespace Orchestrator.Jobs.Running;

/// <summary>
/// Sends the messages of a stage in their order with a bounded number of calls under way, so that the scheduler sees the next
/// expert's calls while the last ones of an expert end, but never those of all experts at once.
/// </summary>
/// <param name="isDone">Whether the store has all that the message asks for; throws where the job is to end.</param>
sealed class GroupStream(JobBus bus, JobMail mail, int window, Func<AnswerGroup, bool> isDone, TimeProvider time)
{
    /// <summary>Without any report for so long, messages or their reports may be lost, and the store is asked instead.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Dictionary<Guid, AnswerGroup> _sent = [];
    int _calls;

    /// <param name="answered">Called for each message that a worker is done with, one after the other.</param>
    /// <exception cref="IOException">A worker could not do its part now; what is answered is in the store.</exception>
    /// <exception cref="InvalidOperationException">A worker has a bug.</exception>
    public async Task RunAsync(
        IEnumerable<AnswerGroup> groups, Func<AnswerGroup, Task> answered, CancellationToken cancellationToken)
    {
        foreach (AnswerGroup group in groups)
        {
            while (_calls > 0 && _calls + group.Calls.Count > window) await TakeAsync(answered, cancellationToken);
            _sent.Add(group.Id, group);
            _calls += group.Calls.Count;
            await bus.SendAsync(group, cancellationToken);
        }
        while (_sent.Count > 0) await TakeAsync(answered, cancellationToken);
    }

    async Task TakeAsync(Func<AnswerGroup, Task> answered, CancellationToken cancellationToken)
    {
        if (await mail.NextAsync(Patience, time, cancellationToken) is not { } report)
        {
            await LookAsync(answered, cancellationToken);
            return;
        }
        // A message that was delivered twice is reported twice.
        if (!_sent.TryGetValue(report.Id, out AnswerGroup? group)) return;
        if (report.Problem is { } problem) throw report.MayPass ? new IOException(problem) : new InvalidOperationException(problem);
        await EndAsync(group, answered);
    }

    /// <summary>A worker that has a message still passes the same one over.</summary>
    async Task LookAsync(Func<AnswerGroup, Task> answered, CancellationToken cancellationToken)
    {
        foreach (AnswerGroup group in _sent.Values.ToList())
        {
            if (isDone(group)) await EndAsync(group, answered);
            else await bus.SendAsync(group, cancellationToken);
        }
    }

    async Task EndAsync(AnswerGroup group, Func<AnswerGroup, Task> answered)
    {
        _sent.Remove(group.Id);
        _calls -= group.Calls.Count;
        await answered(group);
    }
}
