using System.CommandLine;
using Orchestrator.Bench.Pool;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Bench.Routing;

/// <summary><c>skills</c>: what recruiting by skill reaches, by where the skills come from and how they are scored.</summary>
static class SkillsCommand
{
    static readonly Option<string> Config = new("--config") { DefaultValueFactory = _ => "configs/orchestrator.yaml" };
    static readonly Option<string> Validation = new("--validation") { DefaultValueFactory = _ => "models/data/validation.jsonl" };
    static readonly Option<string> Questions = new("--questions") { DefaultValueFactory = _ => "models/data/test.jsonl" };
    static readonly Option<string> Cache = new("--cache") { DefaultValueFactory = _ => "artifacts/bench/test-outcomes.jsonl" };
    static readonly Option<string> Tags = new("--tags")
    {
        Description = "Folder for what the tagger said",
        DefaultValueFactory = _ => "artifacts/bench/tags",
    };

    static readonly Option<string[]> Set = new("--set")
    {
        Description = "A further option of the policy as name=value, such as temperature=4; may be given several times",
    };

    static readonly Option<bool> Refresh = new("--refresh") { Description = "Ask experts and tagger again" };
    static readonly Option<int> Threads = new("--threads") { DefaultValueFactory = _ => 1 };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("skills", "Policy symbolic-moe: tagger against neighbours, paper against shrunk, panels of 1 and 3")
        {
            Config, Validation, Questions, Cache, Tags, Set, Refresh, Threads, Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        OrchestratorConfig config = ConfigReader.Read(parsed.GetValue(Config)!);
        bool refresh = parsed.GetValue(Refresh);
        IReadOnlyList<ProfileQuestion> known = QuestionFile.Read(parsed.GetValue(Validation)!);
        IReadOnlyList<ProfileQuestion> asked = QuestionFile.Read(parsed.GetValue(Questions)!);
        OutcomeTable profile =
            OutcomeFile.Read(config.Router.Outcomes ?? throw new ConfigException(["router.outcomes is not set"]));
        await using BenchPool pool = await BenchPool.StartAsync(config, parsed.GetValue(Threads), cancellationToken);
        SkillTagger tagger = SkillTagger.From(config, pool.Get) ?? throw new ConfigException(["router.tagger.expert is not set"]);
        var store = new TagStore(tagger, config.Router.Tagger, parsed.GetValue(Tags)!, refresh);
        var knownTags = await store.TagAsync("validation", known, cancellationToken);
        var askedTags = await store.TagAsync("questions", asked, cancellationToken);
        OutcomeTable outcomes = await pool.MeasureAsync(config, asked, parsed.GetValue(Cache)!, refresh, cancellationToken);

        string[] set = parsed.GetValue(Set) ?? [];
        var report = new SkillsReport(tagger.Expert, config.Router.Tagger, set, knownTags, askedTags);
        foreach (ProfileSkills skills in Enum.GetValues<ProfileSkills>())
        {
            var trial = new SkillsTrial(skills.Of(known, profile, knownTags), knownTags, set);
            report.Add(skills, trial.CrossValidate(), trial.Judge(outcomes, askedTags));
        }
        Report.Write(report.ToMarkdown(Machine.Describe(TimeProvider.System)), parsed.GetValue(Out));
        return 0;
    }
}
