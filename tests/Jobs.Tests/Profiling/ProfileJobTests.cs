using Orchestrator.Experts;
using Orchestrator.Jobs.Profiling;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Tests.Profiling;

public sealed class ProfileJobTests : IDisposable
{
    static readonly ProfileQuestion[] Questions =
    [
        .. Enumerable.Range(0, 20).Select(i => new ProfileQuestion
        {
            Id = $"q{i}", Question = $"{i}", Reference = $"{i * 2}", Skills = ["double"],
        }),
    ];

    static readonly ProfileQuestion New = new() { Id = "new", Question = "50", Reference = "100" };

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("profile");

    string File => Path.Combine(_folder.FullName, "outcomes.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task RunAsync_TwoExperts_WritesScoresAndTokensOfBoth()
    {
        ProfileReport report = await RunAsync([Doubler("right"), new FakeExpert("wrong", _ => "Answer: no")]);

        OutcomeTable table = OutcomeFile.Read(File);
        Assert.Equal(["right", "wrong"], table.Experts);
        Assert.Equal("twenty questions", table.Source);
        Assert.Equal([new Outcome(1, 9), new Outcome(0, 10)], table.Rows[4].Outcomes);
        Assert.Equal(["double"], table.Rows[4].Skills);
        Assert.Equal(Questions.Select(question => question.Id), table.Rows.Select(row => row.Id));
        Assert.Empty(report.Failures);
    }

    [Fact]
    public async Task RunAsync_EveryQuestion_IsAskedGreedilyAsOneUserMessage()
    {
        FakeExpert expert = Doubler("a");

        await RunAsync([expert], new ProfileOptions { MaxTokens = 77 });

        Assert.All(expert.Requests, request =>
        {
            Assert.Equal("user", Assert.Single(request.Messages).Role);
            Assert.Equal(0, request.Sampling?.Temperature);
            Assert.Equal(77, request.MaxTokens);
        });
        Assert.Equal(
            Questions.Select(question => question.Question).Order(),
            expert.Requests.Select(request => request.Messages[0].Content).Order());
    }

    [Fact]
    public async Task RunAsync_EveryQuestion_IsForTheExpertItselfAndNeverAVariant()
    {
        FakeExpert expert = Doubler("a");

        await RunAsync([expert]);

        Assert.NotEmpty(expert.Calls);
        Assert.All(expert.Calls, call => Assert.False(call.AllowVariant));
    }

    [Fact]
    public async Task RunAsync_ManyQuestions_KeepsTheEngineBusyWithinTheLimit()
    {
        var full = new TaskCompletionSource();
        int waiting = 0;
        FakeExpert expert = new("a", _ => "Answer: 0")
        {
            // Nobody is answered before five wait together.
            BeforeAnswer = cancelled =>
            {
                if (Interlocked.Increment(ref waiting) == 5)
                    full.SetResult();
                return full.Task.WaitAsync(TimeSpan.FromSeconds(30), cancelled);
            },
        };

        await RunAsync([expert], new ProfileOptions { Concurrency = 5 });

        Assert.Equal(5, expert.MostAtOnce);
    }

    [Fact]
    public async Task RunAsync_Again_AsksOnlyWhatIsMissing()
    {
        await RunAsync([Doubler("a")]);
        byte[] before = System.IO.File.ReadAllBytes(File);
        var one = new Dictionary<string, Outcome> { ["q1"] = new(1, 9) };
        OutcomeFile.Write(File, OutcomeFile.Read(File).WithExpert("a", one));
        FakeExpert again = Doubler("a");

        await RunAsync([again]);

        Assert.Equal(19, again.Requests.Count);
        Assert.DoesNotContain(again.Requests, request => request.Messages[0].Content == "1");
        Assert.Equal(before.Length, System.IO.File.ReadAllBytes(File).Length);
    }

    [Fact]
    public async Task RunAsync_CompleteColumn_IsSkippedUnlessRedone()
    {
        await RunAsync([Doubler("a")]);
        FakeExpert skipped = Doubler("a"), redone = new("a", _ => "Answer: no");

        await RunAsync([skipped]);
        ProfileReport report = await RunAsync([redone], new ProfileOptions { Redo = true });

        Assert.Empty(skipped.Requests);
        Assert.Equal(20, redone.Requests.Count);
        Assert.All(report.Table.Rows, row => Assert.Equal(0, row.Outcomes[0]!.Value.Score));
    }

    [Fact]
    public async Task RunAsync_ChangedQuestion_ForgetsItsOldOutcomes()
    {
        await RunAsync([Doubler("a"), Doubler("b")]);
        ProfileQuestion[] changed = [Questions[0] with { Question = "100", Reference = "200" }, Questions[1]];
        FakeExpert expert = Doubler("a");

        ProfileReport report = await new ProfileJob(new ProfileOptions()).RunAsync([expert], changed, File, "two questions");

        Assert.Equal("100", Assert.Single(expert.Requests).Messages[0].Content);
        Assert.Equal([new Outcome(1, 11), null], report.Table.Rows[0].Outcomes);
        Assert.Equal([new Outcome(1, 9), new Outcome(1, 9)], report.Table.Rows[1].Outcomes);
        Assert.Equal(2, report.Table.Rows.Count);
    }

    [Fact]
    public async Task RunAsync_NewQuestions_AreAddedToTheEarlierRows()
    {
        await RunAsync([Doubler("a"), Doubler("b")]);
        FakeExpert expert = Doubler("a");

        await new ProfileJob(new ProfileOptions()).RunAsync([expert], [New, Questions[3]], File, "new.jsonl");

        OutcomeTable table = OutcomeFile.Read(File);
        Assert.Equal([.. Questions.Select(question => question.Id), "new"], table.Rows.Select(row => row.Id));
        Assert.Equal("50", Assert.Single(expert.Requests).Messages[0].Content);
        Assert.All(table.Rows.SkipLast(1), row => Assert.DoesNotContain(null, row.Outcomes));
        Assert.Equal([new Outcome(1, 11), null], table.Rows[^1].Outcomes);
    }

    [Fact]
    public async Task RunAsync_Options_AreGradedByTheirTextsToo()
    {
        ProfileQuestion choice = New with { Reference = "B", Grader = "choice", Options = ["a hundred", "fifty"] };
        FakeExpert expert = new("a", _ => "Fifty");

        ProfileReport report = await new ProfileJob(new ProfileOptions()).RunAsync([expert], [choice], File, "new.jsonl");

        Assert.Equal(1, report.Table.Rows[0].Outcomes[0]!.Value.Score);
    }

    [Fact]
    public async Task RunAsync_UntaggedRun_KeepsTheTagsOfUnchangedQuestions()
    {
        await RunAsync([Doubler("a")], [TagPlan.With(Questions[0], ["twice"]), TagPlan.With(Questions[1], ["twice"])]);

        await RunAsync([Doubler("a")], [Questions[0] with { Skills = ["times two"] }, Questions[1] with { Question = "9" }]);

        OutcomeTable table = OutcomeFile.Read(File);
        Assert.Equal([["times two", "twice"], ["double"]], table.Rows.Select(row => row.Skills));
        Assert.Equal([["twice"], null], table.Rows.Select(row => row.Tagged));
    }

    [Fact]
    public async Task RunAsync_TaggedAgain_ReplacesTheTags()
    {
        await RunAsync([Doubler("a")], [TagPlan.With(Questions[0], ["twice"])]);

        await RunAsync([Doubler("a")], [TagPlan.With(Questions[0], ["doubling"])]);

        Assert.Equal(["double", "doubling"], OutcomeFile.Read(File).Rows[0].Skills);
    }

    [Fact]
    public async Task RunAsync_NewQuestions_AreNamedInTheSourceOnce()
    {
        await RunAsync([Doubler("a")]);

        for (int run = 0; run < 2; run++)
            await new ProfileJob(new ProfileOptions()).RunAsync([Doubler("a")], [New], File, "new.jsonl");

        Assert.Equal("twenty questions, new.jsonl", OutcomeFile.Read(File).Source);
    }

    [Fact]
    public async Task RunAsync_RedoneSubset_LeavesTheOtherRowsAsTheyAre()
    {
        await RunAsync([Doubler("a")]);
        FakeExpert redone = new("a", _ => "Answer: no");

        await new ProfileJob(new ProfileOptions { Redo = true }).RunAsync([redone], [Questions[2]], File, "one question");

        OutcomeTable table = OutcomeFile.Read(File);
        Assert.Single(redone.Requests);
        Assert.Equal(["q2"], table.Rows.Where(row => row.Outcomes[0]!.Value.Score == 0).Select(row => row.Id));
        Assert.Equal(20, table.Rows.Count);
    }

    [Fact]
    public async Task RunAsync_Replace_KeepsOnlyTheQuestionsOfThisRun()
    {
        await RunAsync([Doubler("a")]);
        FakeExpert expert = Doubler("a");

        await new ProfileJob(new ProfileOptions { Replace = true }).RunAsync([expert], [New, Questions[3]], File, "new.jsonl");

        OutcomeTable table = OutcomeFile.Read(File);
        Assert.Equal(["new", "q3"], table.Rows.Select(row => row.Id));
        Assert.Equal("new.jsonl", table.Source);
        Assert.Single(expert.Requests);
    }

    [Fact]
    public async Task RunAsync_NewQuestions_ReportsThemAloneAndAllThatWasWritten()
    {
        await RunAsync([Doubler("a")]);

        ProfileReport report =
            await new ProfileJob(new ProfileOptions()).RunAsync([Doubler("a")], [New, Questions[3]], File, "new.jsonl");

        Assert.Equal(["new", "q3"], report.Table.Rows.Select(row => row.Id));
        Assert.Equal(21, report.Written?.Rows.Count);
    }

    [Fact]
    public async Task RunAsync_ExpertThatFails_IsReportedAndTheOthersGoOn()
    {
        FakeExpert broken = new("broken", _ =>
            throw new ExpertException(ExpertFailure.LoadFailed, "broken", "The file is gone."));

        ProfileReport report = await RunAsync([broken, Doubler("good")]);

        Assert.Equal([new ProfileFailure("broken", "The file is gone.")], report.Failures);
        Assert.Equal(["good"], OutcomeFile.Read(File).Experts);
        Assert.Equal(["good"], report.Written?.Experts);
    }

    [Fact]
    public async Task RunAsync_EveryExpertFails_SaysThatNothingWasWritten()
    {
        FakeExpert broken = new("broken", _ =>
            throw new ExpertException(ExpertFailure.LoadFailed, "broken", "The file is gone."));

        ProfileReport report = await RunAsync([broken]);

        Assert.Null(report.Written);
        Assert.False(System.IO.File.Exists(File));
        Assert.Single(report.Failures);
    }

    [Fact]
    public async Task RunAsync_QuestionTooLongForTheExpert_IsWrong()
    {
        FakeExpert narrow = new("narrow", question => question == "7"
            ? throw new ExpertException(ExpertFailure.PromptTooLong, "narrow", "Too long.")
            : "Answer: 0");

        ProfileReport report = await RunAsync([narrow]);

        Assert.Equal(new Outcome(0, 0), report.Table.Rows[7].Outcomes[0]);
        Assert.Empty(report.Failures);
    }

    [Fact]
    public async Task RunAsync_Cancelled_KeepsTheExpertsThatWereDone()
    {
        using var stop = new CancellationTokenSource();
        FakeExpert endless = new("endless", _ => "")
        {
            BeforeAnswer = async cancelled =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancelled);
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ProfileJob(new ProfileOptions())
            .RunAsync([Doubler("done"), endless], Questions, File, "", progress: null, stop.Token));

        OutcomeTable table = OutcomeFile.Read(File);
        Assert.Equal(["done"], table.Experts);
        Assert.True(table.IsComplete("done"));
    }

    [Fact]
    public async Task RunAsync_CancelledWithNothingLeftToAsk_Throws()
    {
        await RunAsync([Doubler("done")]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ProfileJob(new ProfileOptions())
            .RunAsync([Doubler("done")], Questions, File, "", progress: null, new CancellationToken(canceled: true)));

        Assert.True(OutcomeFile.Read(File).IsComplete("done"));
    }

    [Fact]
    public async Task RunAsync_ExpertThatFailsOnCancellation_IsNotReportedAsFailed()
    {
        using var stop = new CancellationTokenSource();
        FakeExpert torn = new("torn", _ => "")
        {
            BeforeAnswer = async _ =>
            {
                await stop.CancelAsync();
                throw new ExpertException(ExpertFailure.LoadFailed, "torn", "The load was stopped.");
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ProfileJob(new ProfileOptions())
            .RunAsync([Doubler("done"), torn], Questions, File, "", progress: null, stop.Token));

        OutcomeTable table = OutcomeFile.Read(File);
        Assert.Equal(["done"], table.Experts);
        Assert.True(table.IsComplete("done"));
    }

    [Fact]
    public async Task RunAsync_Progress_CountsToTheEnd()
    {
        var seen = new List<ProfileProgress>();

        await new ProfileJob(new ProfileOptions()).RunAsync([Doubler("a"), Doubler("b")], Questions, File, "", new Listed(seen));

        Assert.Equal([.. Enumerable.Range(0, 21)], seen.Where(at => at.Expert == "a").Select(at => at.Asked));
        Assert.Equal(new ProfileProgress("b", 2, 2, 20, 20, 20), seen[^1]);
    }

    static FakeExpert Doubler(string id) => new(id, question => $"Answer: {int.Parse(question) * 2}");

    Task<ProfileReport> RunAsync(FakeExpert[] experts, ProfileOptions? options = null) =>
        new ProfileJob(options ?? new ProfileOptions()).RunAsync(experts, Questions, File, "twenty questions");

    Task<ProfileReport> RunAsync(FakeExpert[] experts, ProfileQuestion[] questions) =>
        new ProfileJob(new ProfileOptions()).RunAsync(experts, questions, File, "some");

    sealed class Listed(List<ProfileProgress> seen) : IProgress<ProfileProgress>
    {
        public void Report(ProfileProgress value) => seen.Add(value);
    }
}
