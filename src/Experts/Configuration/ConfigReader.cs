using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Orchestrator.Experts.Configuration;

/// <summary>Reads <c>orchestrator.yaml</c>. Model files are not opened here.</summary>
public static class ConfigReader
{
    internal static readonly string[] RootKeys = ["server", "engine", "memory", "scheduler", "router", "jobs", "feedback", "retrieval", "policies", "defaults", "experts"];

    /// <summary>A panel beyond this costs more than any gain measured for one.</summary>
    const int MostRecruited = 16;

    /// <summary>More would fill a small expert's context, and were never measured.</summary>
    const int MostPassages = 20;

    static readonly string[] ContextKeys = ["collection", "retrieve", "passages", "reader"];

    /// <summary>Keys that only an expert itself can have.</summary>
    internal static readonly string[] ExpertOnly = ["id", "file", "description", "adapter", "variants", "queries_for", "remote"];

    /// <exception cref="ConfigException">The file cannot be read or has errors; all of them are listed.</exception>
    public static OrchestratorConfig Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException([$"{path}: cannot be read: {e.Message}"], e);
        }

        return Parse(text, Path.GetFullPath(path));
    }

    internal static OrchestratorConfig Parse(string yaml, string path)
    {
        var name = Path.GetFileName(path);
        var errors = new ConfigErrors(name);
        var binder = new SectionBinder(Path.GetDirectoryName(path)!, errors);
        var sections = Sections(LoadRoot(yaml, name), binder);

        var config = new OrchestratorConfig { Path = path, Experts = Experts(sections, binder, errors) };
        config = config with
        {
            Server = Section(sections, binder, "server", config.Server),
            Engine = Section(sections, binder, "engine", config.Engine),
            Memory = Section(sections, binder, "memory", config.Memory),
            Scheduler = Section(sections, binder, "scheduler", config.Scheduler),
            Router = Section(sections, binder, "router", config.Router),
            Jobs = Section(sections, binder, "jobs", config.Jobs),
            Feedback = Section(sections, binder, "feedback", config.Feedback),
            Retrieval = Section(sections, binder, "retrieval", config.Retrieval),
            Policies = sections.TryGetValue("policies", out var node) ? Policies(node, binder, errors) : config.Policies,
        };
        ConfigRules.Check(config, Line(sections, "server"), errors);
        errors.ThrowIfAny();
        return config;
    }

    static YamlNode LoadRoot(string yaml, string name)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw new ConfigException([$"{name}:{e.Start.Line}: not valid YAML: {e.Message}"], e);
        }

        return stream.Documents.Count > 0 ? stream.Documents[0].RootNode : new YamlMappingNode();
    }

    static Dictionary<string, YamlNode> Sections(YamlNode root, SectionBinder binder)
    {
        var sections = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in binder.Entries(root, "the file"))
        {
            if (binder.Known(key, RootKeys, "the file") is { } known)
                sections[known] = value;
        }

        return sections;
    }

    static T Section<T>(Dictionary<string, YamlNode> sections, SectionBinder binder, string name, T defaults)
        where T : class
        => sections.TryGetValue(name, out var node) ? binder.Bind(node, defaults, name) : defaults;

    static List<ExpertConfig> Experts(Dictionary<string, YamlNode> sections, SectionBinder binder, ConfigErrors errors)
    {
        var seed = new ExpertConfig { Id = "" };
        if (sections.TryGetValue("defaults", out var defaults))
            seed = binder.Bind(defaults, seed, "defaults", ExpertOnly);

        if (!sections.TryGetValue("experts", out var node) || node is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            errors.Add(Line(sections, "experts"), "experts must be a list with at least one '- id: …' entry");
            return [];
        }

        return
        [
            .. list.Select((written, i) =>
            {
                var expert = binder.Bind(written, seed, $"experts[{i}]") with { Line = (int)written.Start.Line };
                PurposeRules.CheckKeys(expert, $"experts[{i}]", WrittenKeys(written), errors);
                return expert;
            }),
        ];
    }

    static HashSet<string> WrittenKeys(YamlNode node) =>
        node is YamlMappingNode mapping ? [.. mapping.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "")] : [];

    static List<PolicyConfig> Policies(YamlNode node, SectionBinder binder, ConfigErrors errors)
    {
        var policies = new List<PolicyConfig>();
        foreach (var (key, value) in binder.Entries(node, "policies"))
        {
            var line = (int)key.Start.Line;
            var name = binder.Text(key, "a policy's name") ?? "";
            var options = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (option, written) in binder.Entries(value, $"policies.{name}"))
            {
                if (binder.Text(option, $"policies.{name}") is { } label
                    && binder.Text(written, $"policies.{name}.{label}") is { } text)
                    options[label] = text;
            }

            if (!options.Remove("strategy", out var strategy))
                errors.Add(line, $"policies.{name} needs the key 'strategy'");
            policies.Add(new PolicyConfig(name, strategy ?? "", options, line)
            {
                Description = options.Remove("description", out var description) ? description : "",
                QualityWeight = Number(options, "quality_weight", 0, 1, whole: false) ?? 1,
                Panel = (int)(Number(options, "panel", 1, MostRecruited, whole: true) ?? 1),
                Aggregator = options.Remove("aggregator", out var aggregator) ? aggregator : "first",
                Evidence = (int)(Number(options, "evidence", 1, MostRecruited, whole: true) ?? 1),
                EvidenceWithin = Duration(options, "evidence_within") ?? TimeSpan.FromSeconds(10),
                AggregatorExpert = options.Remove("aggregator_expert", out var merging) ? merging : null,
                Abstain = Abstain(options),
                Generalist = options.Remove("generalist", out var generalist) ? generalist : null,
                AbstainPanel = (int)(Number(options, "abstain_panel", 2, MostRecruited, whole: true) ?? 3),
                AbstainBelow = Number(options, "abstain_below", 0, 1, whole: false) ?? 0,
                Context = Context(options),
            });

            PassagesConfig? Context(Dictionary<string, string> options)
            {
                string[] given = [.. ContextKeys.Where(options.ContainsKey)];
                var defaults = new PassagesConfig(options.Remove("collection", out var collection) ? collection : "");
                var context = defaults with
                {
                    When = When(options),
                    Passages = (int)(Number(options, "passages", 1, MostPassages, whole: true) ?? defaults.Passages),
                    Reader = options.Remove("reader", out var reader) ? reader : null,
                };
                if (context.Collection.Length == 0 && given.Length > 0)
                    errors.Add(line, $"policies.{name} has {string.Join(", ", given)}, which only count with the key 'collection', a collection's name");
                return context.Collection.Length > 0 ? context : null;
            }

            RetrieveWhen When(Dictionary<string, string> options)
            {
                if (!options.Remove("retrieve", out var text) || text == "gated")
                    return RetrieveWhen.Gated;
                if (text is "always" or "never")
                    return text == "always" ? RetrieveWhen.Always : RetrieveWhen.Never;
                errors.Add(line, $"policies.{name}.retrieve is '{text}', allowed are gated, always and never");
                return RetrieveWhen.Gated;
            }

            TimeSpan? Duration(Dictionary<string, string> options, string key)
            {
                if (!options.Remove(key, out var text))
                    return null;
                if (Quantities.TryDuration(text, out var duration) && duration > TimeSpan.Zero && duration <= TimeSpan.FromHours(1))
                    return duration;
                errors.Add(line, $"policies.{name}.{key} is '{text}', allowed is a time above 0 up to 1h such as 10s");
                return null;
            }

            AbstainTo Abstain(Dictionary<string, string> options)
            {
                if (!options.Remove("abstain", out var text) || text == "none")
                    return AbstainTo.None;
                if (text is "generalist" or "panel")
                    return text == "panel" ? AbstainTo.Panel : AbstainTo.Generalist;
                errors.Add(line, $"policies.{name}.abstain is '{text}', allowed are none, generalist and panel");
                return AbstainTo.None;
            }

            // What every policy may have is not an option of its strategy.
            double? Number(Dictionary<string, string> options, string key, double least, double most, bool whole)
            {
                if (!options.Remove(key, out var text))
                    return null;
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && number >= least && number <= most && (!whole || number == Math.Floor(number)))
                    return number;
                errors.Add(line, $"policies.{name}.{key} is '{text}', allowed is a {(whole ? "whole " : "")}number from {least} to {most}");
                return null;
            }
        }

        return policies;
    }

    static int Line(Dictionary<string, YamlNode> sections, string name) =>
        sections.TryGetValue(name, out var node) ? (int)node.Start.Line : 1;
}
