using Orchestrator.Jobs.Messages;

namespace Orchestrator.Jobs.Running;

/// <summary>
/// Sends the messages of a stage in their order with a bounded number of calls under way, so that the scheduler sees the next
/// expert's calls while the last ones of an expert end, but never those of all experts at once.
/// </summary>
sealed class GroupStream(JobBus bus, JobMail mail, int window)
{
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
        GroupAnswered report = await mail.NextAsync(cancellationToken);
        // A message that was delivered twice is reported twice.
        if (!_sent.Remove(report.Id, out AnswerGroup? group)) return;
        _calls -= group.Calls.Count;
        if (report.Problem is { } problem) throw report.MayPass ? new IOException(problem) : new InvalidOperationException(problem);
        await answered(group);
    }
}
