using System.CommandLine;
using Orchestrator.Bench.Loading.Experts;

namespace Orchestrator.Bench.Loading;

/// <summary>What all scenarios have in common: which experts, how they are run, and against which server.</summary>
sealed record LoadingOptions
{
    static readonly Option<string> Folder =
        new("--experts") { DefaultValueFactory = _ => "artifacts/bench/experts", Description = "Folder of generated experts" };

    static readonly Option<bool> ZooFlag = new("--zoo") { Description = "The experts of --config instead of generated ones" };
    static readonly Option<string> ConfigOption = new("--config") { DefaultValueFactory = _ => "configs/orchestrator.yaml" };
    static readonly Option<int> CountOption = new("--count") { DefaultValueFactory = _ => 16, Description = "Generated experts" };

    static readonly Option<int> MegabytesOption =
        new("--megabytes") { DefaultValueFactory = _ => 128, Description = "Weights of a generated expert, about" };

    static readonly Option<int> SequencesOption =
        new("--sequences") { DefaultValueFactory = _ => 16, Description = "Conversations decoded together, on both sides" };

    static readonly Option<int> ContextOption =
        new("--context") { DefaultValueFactory = _ => 256, Description = "Tokens of one conversation" };

    static readonly Option<int> PromptOption =
        new("--prompt") { DefaultValueFactory = _ => 16, Description = "Bytes of a question; for generated experts a byte is a token" };

    static readonly Option<int> TokensOption =
        new("--tokens") { DefaultValueFactory = _ => 8, Description = "New tokens of an answer" };

    static readonly Option<int> ThreadsOption =
        new("--threads") { DefaultValueFactory = _ => 1, Description = "Threads of one expert, on both sides" };

    static readonly Option<int> CoresOption = new("--cores")
    {
        DefaultValueFactory = _ => Environment.ProcessorCount,
        Description = "Threads of all experts of this pool together; llama-server's processes take what there is",
    };

    static readonly Option<string?> LibraryOption =
        new("--library") { Description = "Folder of another llama.cpp build for this pool, such as llama-server's own" };

    static readonly Option<bool> MappedOption =
        new("--mapped") { Description = "Maps files in this pool instead of reading them" };

    static readonly TensorType[] Types = [TensorType.F16, TensorType.BF16, TensorType.Q8];

    static readonly Option<string> TypeOption = new("--type")
    {
        DefaultValueFactory = _ => "f16",
        Description = $"Weights of generated experts: {string.Join(", ", Types.Select(type => type.Name()))}",
    };

    static readonly Option<int> SeedOption = new("--seed") { DefaultValueFactory = _ => 1 };

    static readonly Option<int> TimeoutOption =
        new("--timeout") { DefaultValueFactory = _ => 60, Description = "Seconds after which a request counts as aborted" };

    static readonly Option<string?> ServerOption =
        new("--llama-server") { Description = "llama-server to compare with; without it that side is left out" };

    static readonly Option<string> ServerArgumentsOption =
        new("--server-args") { DefaultValueFactory = _ => "", Description = "More arguments for llama-server" };

    static readonly Option<string?> OutOption = new("--out") { Description = "Markdown file to write as well" };

    static LoadingOptions()
    {
        TypeOption.AcceptOnlyFromAmong([.. Types.Select(type => type.Name())]);
        PromptOption.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 8)
                result.AddError("--prompt: at least 8 bytes are needed to tell questions apart");
        });
    }

    public static IReadOnlyList<Option> Common { get; } =
    [
        Folder, ZooFlag, ConfigOption, CountOption, MegabytesOption, SequencesOption, ContextOption, PromptOption,
        TokensOption, ThreadsOption, CoresOption, LibraryOption, MappedOption, TypeOption, SeedOption, TimeoutOption, ServerOption,
        ServerArgumentsOption, OutOption,
    ];

    public required string Experts { get; init; }

    /// <summary>The configuration file, whether or not its experts are used.</summary>
    public required string ConfigFile { get; init; }

    /// <summary>Configuration whose experts are used; null uses generated ones.</summary>
    public string? Config { get; init; }

    public required int Count { get; init; }

    public required int Megabytes { get; init; }

    public required int Sequences { get; init; }

    /// <summary>0 is what a model was trained for.</summary>
    public required int Context { get; init; }

    /// <summary>Bytes of a question, without the chat template.</summary>
    public required int Prompt { get; init; }

    /// <summary>0 is whole answers to questions of the scenario's own.</summary>
    public required int Tokens { get; init; }

    public required int Threads { get; init; }

    /// <summary>Threads of this pool in all.</summary>
    public required int Cores { get; init; }

    /// <summary>Folder of llama.cpp's libraries; null is the one that comes with the program.</summary>
    public string? Library { get; init; }

    /// <summary>Whether this pool maps files (<c>memory_map</c>) instead of reading them.</summary>
    public required bool Mapped { get; init; }

    /// <summary>Of the weights of generated experts.</summary>
    public required TensorType Type { get; init; }

    public required int Seed { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Path of llama-server; null leaves that side out.</summary>
    public string? Server { get; init; }

    public required string ServerArguments { get; init; }

    public string? Out { get; init; }

    /// <summary>The experts, contexts and answers of a service on <see cref="ConfigFile"/>.</summary>
    public LoadingOptions AsServed() => this with { Config = ConfigFile, Context = 0, Tokens = 0 };

    public static LoadingOptions From(ParseResult parsed) => new()
    {
        Experts = parsed.GetValue(Folder)!,
        ConfigFile = parsed.GetValue(ConfigOption)!,
        Config = parsed.GetValue(ZooFlag) ? parsed.GetValue(ConfigOption) : null,
        Count = parsed.GetValue(CountOption),
        Megabytes = parsed.GetValue(MegabytesOption),
        Sequences = parsed.GetValue(SequencesOption),
        Context = parsed.GetValue(ContextOption),
        Prompt = parsed.GetValue(PromptOption),
        Tokens = parsed.GetValue(TokensOption),
        Threads = parsed.GetValue(ThreadsOption),
        Cores = parsed.GetValue(CoresOption),
        Library = parsed.GetValue(LibraryOption),
        Mapped = parsed.GetValue(MappedOption),
        Type = Types.Single(type => type.Name() == parsed.GetValue(TypeOption)),
        Seed = parsed.GetValue(SeedOption),
        Timeout = TimeSpan.FromSeconds(parsed.GetValue(TimeoutOption)),
        Server = parsed.GetValue(ServerOption),
        ServerArguments = parsed.GetValue(ServerArgumentsOption)!,
        Out = parsed.GetValue(OutOption),
    };
}
