using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Feedback;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Host.Tests.Feedback;

public sealed class RoutedRequestsTests
{
    readonly ManualTime _time = new();
    readonly RoutedRequests _routed;

    public RoutedRequestsTests() => _routed = new RoutedRequests(
        new OrchestratorConfig
        {
            Path = "",
            Experts = [],
            Feedback = new FeedbackConfig { Remember = 3, RememberFor = TimeSpan.FromHours(1) },
        },
        _time);

    [Fact]
    public void Find_BeyondTheCount_TheOldestIsForgotten()
    {
        foreach (var id in (string[])["1", "2", "3", "4"]) Add(id, $"req_{id}");

        Assert.Null(_routed.Find("1"));
        Assert.Null(_routed.Find("req_1"));
        Assert.Equal("2", _routed.Find("req_2")!.Id);
        Assert.Equal("4", _routed.Find("4")!.Id);
    }

    [Fact]
    public void Find_TooOld_IsForgotten()
    {
        Add("1", "req_1");
        _time.Advance(TimeSpan.FromHours(1));
        Add("2", "req_2");
        Assert.NotNull(_routed.Find("1"));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(_routed.Find("1"));
        Assert.NotNull(_routed.Find("2"));
    }

    [Fact]
    public void Find_HeaderUsedTwice_IsTheNewestAlsoWhenTheFirstIsForgotten()
    {
        Add("1", "mine");
        Add("2", "mine");
        Assert.Equal("2", _routed.Find("mine")!.Id);

        Add("3", "req_3");
        Add("4", "req_4");

        Assert.Null(_routed.Find("1"));
        Assert.Equal("2", _routed.Find("mine")!.Id);
    }

    [Fact]
    public void Find_LongQuestions_AreForgottenBeforeTheyFillTheMemory()
    {
        var question = new string('x', 20 << 20);
        Add("1", "req_1", question);
        Add("2", "req_2", question);

        Assert.Null(_routed.Find("1"));
        Assert.NotNull(_routed.Find("2"));
    }

    void Add(string id, string header, string question = "q") =>
        _routed.Add(new RoutedRequest(id, question, "auto", ["a"], "a", _time.GetUtcNow()), header);
}
