using Orchestrator.Experts;
using Orchestrator.Experts.Catalog;
using Orchestrator.Jobs.Messages;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Planning;

/// <summary>Turns the open calls of a stage into one stream of messages: expert by expert, in the order that takes least loading.</summary>
static class GroupOrder
{
    /// <summary>A window holds at least so many messages, so that the next one is under way while the last of one ends.</summary>
    const int MessagesInWindow = 4;

    const int MostCalls = 32;

    public static IReadOnlyList<string> Of(ExpertPool pool, IReadOnlyList<(string Expert, int Calls)> groups) =>
        [.. pool.Order([.. groups.Select(group => WorkGroup.Of(group.Expert, group.Calls))]).Select(place => groups[place].Expert)];

    /// <param name="open">The open calls of an expert; asked when its turn comes.</param>
    public static IEnumerable<AnswerGroup> Messages(
        string job, JobStage stage, IEnumerable<string> experts, Func<string, IReadOnlyList<CallKey>> open, int window) =>
        from expert in experts
        from message in Messages(job, stage, expert, open(expert), window)
        select message;

    /// <param name="merges">In the order in which they are sent.</param>
    public static IEnumerable<AnswerGroup> Messages(string job, IEnumerable<MergeGroup> merges, int window) =>
        merges.SelectMany(merge => Messages(job, JobStage.Merge, merge.Expert, merge.Calls, window));

    static IEnumerable<AnswerGroup> Messages(string job, JobStage stage, string expert, IEnumerable<CallKey> calls, int window) =>
        calls.Chunk(Math.Clamp(window / MessagesInWindow, 1, MostCalls))
            .Select(chunk => new AnswerGroup { Id = Guid.NewGuid(), Job = job, Stage = stage, Expert = expert, Calls = chunk });
}
