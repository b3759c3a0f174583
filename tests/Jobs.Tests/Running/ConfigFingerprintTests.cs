using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Gguf;
using Orchestrator.Jobs.Running;
using Orchestrator.TestKit;

namespace Orchestrator.Jobs.Tests.Running;

public sealed class ConfigFingerprintTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    OrchestratorConfig Config => new()
    {
        Path = "orchestrator.yaml",
        Experts = [new ExpertConfig { Id = "a", File = "a.gguf", Line = 3 }, new ExpertConfig { Id = "b", File = "b.gguf", Line = 5 }],
        Policies =
        [
            new PolicyConfig("auto", "nearest", new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" }, 8),
            new PolicyConfig("trio", "ridge", new Dictionary<string, string>(), 9),
        ],
        Router = Router("one"),
    };

    public static TheoryData<string> Files => ["outcomes", "aggregation", "evidence", "auto", "mixture", "embedder"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Of_OtherContentOfARouterFile_Differs(string name) =>
        Assert.NotEqual(Of(Config), Of(Config with { Router = Router("two", only: name) }));

    [Fact]
    public void Of_SameContentElsewhereAndLater_IsTheSame()
    {
        string before = Of(Config);
        RouterConfig moved = Router("one", folder: "elsewhere");
        File.SetLastWriteTimeUtc(moved.Mixture!, DateTime.UnixEpoch);

        Assert.Equal(before, Of(Config with { Router = moved }));
    }

    [Fact]
    public void Of_OtherOrderOfLines_IsTheSame()
    {
        OrchestratorConfig config = Config;

        Assert.Equal(Of(config), Of(config with
        {
            Experts = [.. config.Experts.Reverse().Select(expert => expert with { Line = expert.Line + 40 })],
            Policies =
            [
                config.Policies[1],
                config.Policies[0] with { Options = new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" }, Line = 1 },
            ],
        }));
    }

    [Fact]
    public void Of_OtherWaysOfAnswering_Differ()
    {
        OrchestratorConfig config = Config;
        OrchestratorConfig[] others =
        [
            config with { Experts = [config.Experts[0]] },
            config with { Policies = [config.Policies[0] with { Panel = 2 }, config.Policies[1]] },
            config with { Router = config.Router with { NovelQuantile = 0.9 } },
            config with { Router = config.Router with { Tagger = new TaggerConfig { Expert = "a" } } },
            config with { Router = config.Router with { Embedder = config.Router.Embedder with { Kind = EmbedderKind.Hashed } } },
            config with { Router = config.Router with { Mixture = null } },
            config with { Policies = [config.Policies[0] with { Context = new PassagesConfig("stock") }, config.Policies[1]] },
            config with { Retrieval = new RetrievalConfig { Floor = 0.5 } },
            config with { Retrieval = new RetrievalConfig { Gates = config.Router.Mixture } },
        ];

        Assert.Equal(others.Length + 1, others.Append(config).Select(Of).Distinct().Count());
    }

    [Fact]
    public void Of_WhatChangesNoAnswer_IsTheSame()
    {
        OrchestratorConfig config = Config;

        Assert.Equal(Of(config), Of(config with
        {
            Path = "other.yaml",
            Policies = [.. config.Policies.Select(policy => policy with { Description = "Whoever is best." })],
            Jobs = new JobsConfig { Window = 3 },
            Retrieval = new RetrievalConfig { Collections = "elsewhere" },
            Router = config.Router with { EmbedderCache = "cache", Embedder = config.Router.Embedder with { Threads = 4 } },
        }));
    }

    public void Dispose() => _folder.Dispose();

    static string Of(OrchestratorConfig config) => ConfigFingerprint.Of(config, new FileHashes());

    /// <param name="only">The one file that has the content; all others have "one". Null is all.</param>
    RouterConfig Router(string content, string? only = null, string folder = "here")
    {
        return new RouterConfig
        {
            Outcomes = Written("outcomes"),
            Aggregation = Written("aggregation"),
            Evidence = Written("evidence"),
            Auto = Written("auto"),
            Mixture = Written("mixture"),
            Embedder = new EmbedderConfig { File = Written("embedder") },
        };

        string Written(string name)
        {
            string file = Path.Combine(Directory.CreateDirectory(_folder.File($"{folder}-{content}-{only}")).FullName, name);
            File.WriteAllText(file, only is null || only == name ? $"{name} {content}" : $"{name} one");
            return file;
        }
    }
}
