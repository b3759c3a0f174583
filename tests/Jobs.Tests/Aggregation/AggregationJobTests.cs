using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Aggregation;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Jobs.Profiling.Answers;
using Orchestrator.Jobs.Tests.Profiling;
using Orchestrator.TestKit;

namespace Orchestrator.Jobs.Tests.Aggregation;

public sealed class AggregationJobTests : IDisposable
{
    static readonly HashSet<string> Experts = ["a", "b", "c"];

    static readonly ProfileQuestion[] Questions =
    [
        .. Enumerable.Range(1, 10).Select(i => new ProfileQuestion { Id = $"{i}", Question = $"{i} + {i}?", Reference = $"{2 * i}" }),
    ];

    static readonly AnswerBook Answers = new(
    [
        .. Enumerable.Range(1, 10).SelectMany(i => new RecordedAnswer[]
        {
            new($"{i}", "a", $"Answer: {2 * i}", 1),
            new($"{i}", "b", $"Answer: {2 * i + 1}", 0),
            new($"{i}", "c", $"Answer: {2 * i + 2}", 0),
        }),
    ]);

    readonly TemporaryFolder _folder = new();

    string File => _folder.File("aggregation.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_OneMergesWell_BecomesTheAggregator()
    {
        AggregationChoice choice = await RunAsync([Candidate(Blind("blind")), Candidate(Wise("wise"))]);

        Assert.Equal("wise", choice.Chosen);
        Assert.Equal(
            [("wise", 10, 10), ("blind", 0, 10)],
            choice.Results.Select(result => (result.Expert, result.Right, result.Items)));
        Assert.Equal((10, 3), (choice.Items.Count, choice.Items.Experts.Count));
        Assert.Equal("wise", AggregationFile.Read(File)!.Chosen);
    }

    [Fact]
    public async Task RunAsync_Items_AreMergedGreedilyAsBatchWorkByTheExpertItself()
    {
        FakeExpert expert = Wise("wise");

        await RunAsync([Candidate(expert, ExpertPurpose.Aggregate)], new AggregationOptions { MaxTokens = 44 });

        Assert.Equal(10, expert.Calls.Count);
        Assert.All(expert.Calls, call =>
        {
            Assert.Equal((RequestClass.Batch, false), (call.Class, call.AllowVariant));
            Assert.Equal((0f, 44), (call.Request.Sampling!.Temperature, call.Request.MaxTokens));
            Assert.Matches(
                @"^\d+ \+ \d+\?\n1: Answer: \d+\n2: Answer: \d+\n3: Answer: \d+$",
                Assert.Single(call.Request.Messages).Content);
        });
    }

    [Fact]
    public async Task RunAsync_OtherExperts_GetTheInstruction()
    {
        FakeExpert expert = Wise("wise");

        await RunAsync([Candidate(expert)]);

        Assert.All(expert.Requests, request => Assert.Contains("Model 3:", request.Messages[^1].Content, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_ManyItems_StayWithinTheLimit()
    {
        FakeExpert expert = Wise("wise");

        await RunAsync([Candidate(expert)], new AggregationOptions { Concurrency = 3 });

        Assert.InRange(expert.MostAtOnce, 1, 3);
    }

    [Fact]
    public async Task RunAsync_NothingChanged_AsksNobody()
    {
        await RunAsync([Candidate(Wise("wise")), Candidate(Blind("blind"))]);
        byte[] before = System.IO.File.ReadAllBytes(File);
        FakeExpert wise = Wise("wise"), blind = Blind("blind");

        AggregationChoice choice = await RunAsync([Candidate(blind), Candidate(wise)]);

        Assert.Equal((0, 0, "wise"), (wise.Calls.Count, blind.Calls.Count, choice.Chosen));
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public async Task RunAsync_NewOrChangedCandidate_IsTheOnlyOneTested()
    {
        await RunAsync([Candidate(Wise("old")), Candidate(Blind("changed"))]);
        FakeExpert old = Wise("old"), changed = Wise("changed"), added = Blind("added");

        AggregationChoice choice = await RunAsync(
            [Candidate(old), Candidate(changed) with { Fingerprint = "trained", Parameters = 1 }, Candidate(added)]);

        Assert.Equal((0, 10, 10), (old.Calls.Count, changed.Calls.Count, added.Calls.Count));
        Assert.Equal("changed", choice.Chosen);
        Assert.Equal(3, choice.Results.Count);
    }

    [Fact]
    public async Task RunAsync_CandidateRemoved_IsForgotten()
    {
        await RunAsync([Candidate(Wise("gone")), Candidate(Blind("stays"))]);

        AggregationChoice choice = await RunAsync([Candidate(Blind("stays"))]);

        Assert.Null(choice.Chosen);
        Assert.Equal("stays", Assert.Single(choice.Results).Expert);
    }

    [Fact]
    public async Task RunAsync_OtherExpertsOrQuestionsOrRedo_TestsAllAgain()
    {
        var ofAnother = Questions.Select(question => new RecordedAnswer(question.Id, "d", "Answer: 0", 0));
        AnswerBook more = new([.. Answers.Answers, .. ofAnother]);
        await RunAsync([Candidate(Wise("wise"))]);
        FakeExpert otherPool = Wise("wise"), otherQuestions = Wise("wise"), redone = Wise("wise");

        await new AggregationJob(new AggregationOptions())
            .RunAsync([Candidate(otherPool)], Questions, more, new HashSet<string> { "a", "b", "d" }, File, "questions");
        await new AggregationJob(new AggregationOptions())
            .RunAsync([Candidate(otherQuestions)], Questions[..4], Answers, Experts, File, "questions");
        await new AggregationJob(new AggregationOptions { Redo = true })
            .RunAsync([Candidate(redone)], Questions[..4], Answers, Experts, File, "questions");

        Assert.Equal((10, 4, 4), (otherPool.Calls.Count, otherQuestions.Calls.Count, redone.Calls.Count));
    }

    [Fact]
    public async Task RunAsync_CandidateCannotBeLoaded_IsToldAndTriedAgainNextTime()
    {
        FakeExpert broken = new("broken", _ => throw new ExpertException(ExpertFailure.LoadFailed, "broken", "no disk"));
        AggregationChoice first = await RunAsync([Candidate(broken), Candidate(Blind("blind"))]);
        AggregationChoice second = await RunAsync([Candidate(Wise("broken")), Candidate(Blind("blind"))]);

        Assert.Equal("no disk", first.Results.Single(result => result.Expert == "broken").Failure);
        Assert.Null(first.Chosen);
        Assert.Equal("broken", second.Chosen);
    }

    [Fact]
    public async Task RunAsync_ItemsThatACandidateCannotTake_CountAsWrong()
    {
        FakeExpert half = new("half", prompt => prompt.Contains("1 + 1?", StringComparison.Ordinal)
            ? throw new ExpertException(ExpertFailure.PromptTooLong, "half", "too long")
            : prompt.Contains("2 + 2?", StringComparison.Ordinal) ? "" : Merge(prompt));

        CandidateResult result = Assert.Single((await RunAsync([Candidate(half)])).Results);

        Assert.Equal((8, 10, 1, null), (result.Right, result.Items, result.Refused, result.Failure));
        Assert.Equal(1, AggregationFile.Read(File)!.Results[0].Refused);
    }

    [Fact]
    public async Task RunAsync_NoItems_AsksNobodyAndLeavesTheOldChoice()
    {
        await RunAsync([Candidate(Wise("wise"))]);
        FakeExpert wise = Wise("wise");

        AggregationChoice choice = await new AggregationJob(new AggregationOptions())
            .RunAsync([Candidate(wise)], Questions, AnswerBook.Empty, Experts, File, "questions");

        Assert.Equal((0, null, 0), (wise.Calls.Count, choice.Chosen, choice.Items.Count));
        Assert.Equal("wise", AggregationFile.Read(File)!.Chosen);
    }

    [Fact]
    public async Task RunAsync_Cancelled_KeepsTheCandidatesThatAreDone()
    {
        using var end = new CancellationTokenSource();
        FakeExpert second = new("second", _ => "")
        {
            BeforeAnswer = async cancelled =>
            {
                await end.CancelAsync();
                cancelled.ThrowIfCancellationRequested();
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new AggregationJob(new AggregationOptions())
            .RunAsync(
                [Candidate(Wise("first")), Candidate(second)], Questions, Answers, Experts, File, "questions",
                cancellationToken: end.Token));

        Assert.Equal("first", Assert.Single(AggregationFile.Read(File)!.Results).Expert);
    }

    [Fact]
    public async Task RunAsync_BrokenFile_AsksNobody()
    {
        await System.IO.File.WriteAllTextAsync(File, "nonsense");
        FakeExpert wise = Wise("wise");

        await Assert.ThrowsAsync<AggregationFileException>(() => RunAsync([Candidate(wise)]));

        Assert.Empty(wise.Calls);
    }

    [Fact]
    public async Task RunAsync_BrokenFileAndRedo_ReplacesIt()
    {
        await System.IO.File.WriteAllTextAsync(File, "nonsense");

        await RunAsync([Candidate(Wise("wise"))], new AggregationOptions { Redo = true });

        Assert.Equal("wise", AggregationFile.Read(File)!.Chosen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_OneOfTheCandidates_KeepsWhatIsKnownOfTheUnchangedOthers(bool redo)
    {
        await RunAsync([Candidate(Wise("wise")), Candidate(Wise("trained")), Candidate(Blind("named"))]);
        FakeExpert wise = Wise("wise"), named = Blind("named");

        AggregationChoice choice = await new AggregationJob(new AggregationOptions { Redo = redo }).RunAsync(
            [Candidate(named)], Questions, Answers, Experts, File, "questions",
            others: [Candidate(wise), Candidate(Wise("trained")) with { Fingerprint = "new" }]);

        Assert.Equal(["wise", "named"], choice.Results.Select(result => result.Expert));
        Assert.Equal((0, redo ? 10 : 0, "wise"), (wise.Calls.Count, named.Calls.Count, choice.Chosen));
    }

    [Fact]
    public async Task RunAsync_Options_AreGradedByTheirTextsToo()
    {
        ProfileQuestion question = new() { Id = "1", Question = "1 + 1?", Reference = "B", Grader = "choice", Options = ["three", "two"] };
        AnswerBook answers = new([new("1", "a", "B", 1), new("1", "b", "A", 0), new("1", "c", "three", 0)]);

        AggregationChoice choice = await new AggregationJob(new AggregationOptions())
            .RunAsync([Candidate(new FakeExpert("wise", _ => "Two"))], [question], answers, Experts, File, "questions");

        Assert.Equal((1, 1), (Assert.Single(choice.Results).Right, choice.Results[0].Items));
    }

    static AggregationCandidate Candidate(FakeExpert expert, ExpertPurpose purpose = ExpertPurpose.Answer) =>
        new(expert, purpose, "as ever", Parameters: 100);

    static FakeExpert Wise(string id) => new(id, Merge);

    static FakeExpert Blind(string id) => new(id, _ => "Answer: none");

    /// <summary>The sum that the question asks for, wherever it stands in the prompt.</summary>
    static string Merge(string prompt)
    {
        int plus = prompt.IndexOf(" + ", StringComparison.Ordinal), question = prompt.IndexOf('?', plus);
        return $"Answer: {2 * int.Parse(prompt[(plus + 3)..question], System.Globalization.CultureInfo.InvariantCulture)}";
    }

    Task<AggregationChoice> RunAsync(AggregationCandidate[] candidates, AggregationOptions? options = null) =>
        new AggregationJob(options ?? new AggregationOptions()).RunAsync(candidates, Questions, Answers, Experts, File, "questions");
}
