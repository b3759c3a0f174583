using Orchestrator.Jobs.Messages;
using Orchestrator.Jobs.Planning;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;

namespace Orchestrator.Jobs.Tests.Planning;

public sealed class GroupOrderTests
{
    [Fact]
    public void Messages_Experts_AreCutIntoQuartersOfTheWindowAndNeverMixed()
    {
        AnswerGroup[] messages = [.. Messages(window: 8, ("b", 5), ("a", 1))];

        Assert.Equal(["b2", "b2", "b1", "a1"], messages.Select(message => $"{message.Expert}{message.Calls.Count}"));
        Assert.Equal(5, messages.Where(message => message.Expert == "b").SelectMany(message => message.Calls).Distinct().Count());
        Assert.All(messages, message => Assert.Equal(("job", JobStage.Ask), (message.Job, message.Stage)));
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(65_536, 2)]
    public void Messages_SmallestAndLargestWindow_StayWithinBounds(int window, int expected) =>
        Assert.Equal(expected, Messages(window, ("a", 40)).Count());

    [Fact]
    public void Messages_CallsOfAnExpert_AreReadWhenItsTurnComes()
    {
        var read = new List<string>();
        IEnumerable<AnswerGroup> messages = GroupOrder.Messages("job", JobStage.Ask, ["a", "b"], expert =>
        {
            read.Add(expert);
            return [new CallKey(0, 0)];
        }, 8);

        Assert.Equal("a", messages.First().Expert);

        Assert.Equal(["a"], read);
    }

    static IEnumerable<AnswerGroup> Messages(int window, params (string Expert, int Calls)[] groups) => GroupOrder.Messages(
        "job", JobStage.Ask, groups.Select(group => group.Expert),
        expert => [.. Enumerable.Range(0, groups.First(group => group.Expert == expert).Calls).Select(i => new CallKey(i, 0))],
        window);
}
