using Orchestrator.Experts.Configuration;

namespace Orchestrator.Experts.Tests.Configuration;

public sealed class ConfigReaderTests
{
    const string Minimal = """
        experts:
          - id: a
            file: a.gguf
        """;

    [Fact]
    public void Parse_Minimal_FillsDefaults()
    {
        var config = Parse(Minimal);

        Assert.Equal(new ServerConfig(), config.Server);
        Assert.Equal(new EngineConfig(), config.Engine);
        Assert.Null(config.Memory.Budget);
        Assert.Null(config.Router.Outcomes);
        Assert.Equal("auto", Assert.Single(config.Policies).Name);
        Assert.Equal(new ExpertConfig { Id = "a", File = "/etc/o/a.gguf", Line = 2 }, Assert.Single(config.Experts));
    }

    [Fact]
    public void Parse_TaggersPhrasesCannotRecurSoOften_NamesBothKeys()
    {
        var failure = Assert.Throws<ConfigException>(() => Parse("router: { tagger: { samples: 1 } }\n" + Minimal));

        Assert.Contains("router.tagger.recur is 2, more than router.tagger.samples, which is 1; it must be 1 to 1", failure.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("http://localhost:3000; https://chat.example.org")]
    [InlineData("vscode-webview://abc")]
    public void Parse_Origins_AreKeptAsWritten(string origins) =>
        Assert.Equal(origins, Parse($"server: {{ allowed_origins: '{origins}' }}\n" + Minimal).Server.AllowedOrigins);

    [Theory]
    [InlineData("http://localhost:3000/")]
    [InlineData("http://localhost:3000/chat")]
    [InlineData("http://localhost:80")]
    [InlineData("localhost:3000")]
    [InlineData("null")]
    public void Parse_NoOrigin_SaysWhatIsAllowed(string origin)
    {
        var failure = Assert.Throws<ConfigException>(() => Parse($"server: {{ allowed_origins: 'https://a.example;{origin}' }}\n" + Minimal));

        Assert.Contains($"server.allowed_origins has '{origin}', allowed are origins such as http://localhost:3000", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Everything_ReadsEachValue()
    {
        var config = Parse("""
            server: { urls: "http://*:80;http://127.0.0.1:81", max_body_bytes: 1.5MiB, request_timeout: 90s }
            engine: { library: ../llama, threads: 2 }
            memory: { budget: 1048576 }
            router: { outcomes: ~ }
            policies:
              auto: { strategy: nearest, neighbours: 5, "floor": 0.25, description: "Whoever is best: by far" }
            defaults:
              context: 256
              sampling: { temperature: 0, seed: 4294967295 }
            experts:
              - { id: a, file: /models/a.gguf, sampling: { top_p: 0.5 }, max_tokens: 7, gpu_layers: -1 }
              - id: b.2-x_y
                file: b.gguf
                context: 512
            """);

        Assert.Equal(
            new ServerConfig { Urls = "http://*:80;http://127.0.0.1:81", MaxBodyBytes = 3 << 19, RequestTimeout = TimeSpan.FromSeconds(90) },
            config.Server);
        Assert.Equal(new EngineConfig { Library = "/etc/llama", Threads = 2 }, config.Engine);
        Assert.Equal(1 << 20, config.Memory.Budget);
        Assert.Null(config.Router.Outcomes);
        var policy = Assert.Single(config.Policies);
        Assert.Equal(("auto", "nearest", "Whoever is best: by far", 6), (policy.Name, policy.Strategy, policy.Description, policy.Line));
        Assert.Equal([new("floor", "0.25"), new("neighbours", "5")], policy.Options.OrderBy(o => o.Key));
        Assert.Equal(
            new ExpertConfig
            {
                Id = "a",
                File = "/models/a.gguf",
                Context = 256,
                MaxTokens = 7,
                GpuLayers = -1,
                Line = 11,
                Sampling = new() { Temperature = 0, TopP = 0.5f, Seed = uint.MaxValue },
            },
            config.Experts[0]);
        Assert.Equal((512, 0f), (config.Experts[1].Context, config.Experts[1].Sampling.Temperature));
    }

    [Fact]
    public void Parse_ManyErrors_ReportsAllWithTheirLines()
    {
        var errors = Errors("""
            sever: {}
            server:
              urls: ftp://x
              request_timeout: 10
            memory:
              budget: 2GB
            policies:
              auto: { neighbours: 5 }
            defaults:
              id: x
              context: 1.5
            experts:
              - id: A
                file: a.gguf
              - id: auto
                file: b.gguf
                sampling: { temprature: 0, top_p: 1.01 }
              - id: c
              - id: c
                file: d.gguf
                max_sequences: 0
            """);

        Assert.Collection(
            errors,
            e => Assert.Equal("o.yaml:1: unknown key 'sever' in the file, did you mean 'server'?", e),
            e => Assert.StartsWith("o.yaml:3: server.urls has 'ftp://x', allowed are", e, StringComparison.Ordinal),
            e => Assert.Equal("o.yaml:4: server.request_timeout is '10', allowed is a duration from 1s to 24h, such as 30s or 10m", e),
            e => Assert.Equal("o.yaml:6: memory.budget is '2GB', allowed is a size from 1MiB to 64TiB, such as 512MiB or 2GiB, or auto", e),
            e => Assert.Equal("o.yaml:8: policies.auto needs the key 'strategy'", e),
            e => Assert.StartsWith("o.yaml:10: unknown key 'id' in defaults, allowed are context,", e, StringComparison.Ordinal),
            e => Assert.Equal("o.yaml:11: defaults.context is '1.5', allowed is a whole number from 0 to 1048576", e),
            e => Assert.StartsWith("o.yaml:13: expert 'A': a name is lower-case", e, StringComparison.Ordinal),
            e => Assert.Equal("o.yaml:15: expert 'auto' has the name of the policy of line 8, names must be unique among experts and policies", e),
            e => Assert.Equal("o.yaml:17: unknown key 'temprature' in experts[1].sampling, did you mean 'temperature'?", e),
            e => Assert.Equal("o.yaml:17: experts[1].sampling.top_p is '1.01', allowed is a number from 0 to 1", e),
            e => Assert.Equal("o.yaml:18: experts[2] needs the key 'file'", e),
            e => Assert.Equal("o.yaml:19: expert 'c' has the name of the expert of line 18, names must be unique among experts and policies", e),
            e => Assert.Equal("o.yaml:21: experts[3].max_sequences is '0', allowed is a whole number from 1 to 256", e));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing")]
    [InlineData("experts:")]
    [InlineData("experts: []")]
    [InlineData("experts: a")]
    public void Parse_WithoutExperts_SaysWhatIsNeeded(string yaml) =>
        Assert.Contains("experts must be a list", Assert.Single(Errors(yaml)), StringComparison.Ordinal);

    [Theory]
    [InlineData("- just\n- a list", "the file must be 'key: value' lines")]
    [InlineData("experts: [1]", "experts[0] must be 'key: value' lines")]
    [InlineData("experts: [{ id: [a], file: b }]", "experts[0].id must be a single value")]
    [InlineData("experts:\n  - id: ''\n    file: b", "o.yaml:2: experts[0].id is '', allowed is a text that is not empty")]
    [InlineData("experts: [{ id: a, file: '' }]", "experts[0].file is '', allowed is a path")]
    [InlineData("experts: [{ id: a, file: null }]", "experts[0].file must be a single value")]
    [InlineData("experts: [{ id: a, file: b, sampling: { temperature: .nan } }]", "allowed is a number from 0 to 2")]
    [InlineData("experts: [{ id: a, file: b, sampling: { temperature: NaN } }]", "allowed is a number from 0 to 2")]
    [InlineData("experts: [{ id: a, file: b, threads: 1e3000 }]", "allowed is a whole number from 1 to 1024")]
    public void Parse_WrongShape_SaysWhere(string yaml, string expected) =>
        Assert.Contains(Errors(yaml), e => e.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Parse_Variants_KeepsTheirOrderAndResolvesTheirFiles()
    {
        var expert = Assert.Single(Parse("experts: [{ id: a, file: a.gguf, variants: [{ name: q8_0, file: b.gguf }, { name: q4, file: /c.gguf }] }]").Experts);

        Assert.Equal(
            [new VariantConfig { Name = "q8_0", File = "/etc/o/b.gguf" }, new VariantConfig { Name = "q4", File = "/c.gguf" }], expert.Variants);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("~")]
    public void Parse_EmptyVariants_AreNone(string variants) =>
        Assert.Empty(Assert.Single(Parse($"experts: [{{ id: a, file: a.gguf, variants: {variants} }}]").Experts).Variants);

    [Theory]
    [InlineData("[{ name: q4, file: b, filee: c }]", "unknown key 'filee' in experts[0].variants[0], did you mean 'file'?")]
    [InlineData("[{ name: q4, file: b }, { name: q4, file: c }]", "expert 'a' has two variants of the name 'q4'")]
    [InlineData("[{ name: q4 }]", "experts[0].variants[0] needs the key 'file'")]
    [InlineData("[{ file: b }]", "experts[0].variants[0] needs the key 'name'")]
    [InlineData("[{ name: q4, file: '' }]", "experts[0].variants[0].file is '', allowed is a path that is not empty")]
    [InlineData("[{ name: '', file: b }]", "experts[0].variants[0].name is '', allowed is a text that is not empty")]
    [InlineData("[{ name: Q4, file: b }]", "expert 'a' has a variant 'Q4': a name is lower-case letters, digits, '.', '_' and '-'")]
    [InlineData("{ name: q4, file: b }", "experts[0].variants must be a list of '- key: value' entries")]
    [InlineData("q4", "experts[0].variants must be a list of '- key: value' entries")]
    public void Parse_WrongVariant_IsTheOneError(string variants, string expected) =>
        Assert.Equal($"o.yaml:1: {expected}", Assert.Single(Errors($"experts: [{{ id: a, file: a.gguf, variants: {variants} }}]")));

    [Fact]
    public void Parse_TwoVariantsWithoutName_AreReportedAsThatAlone() => Assert.Equal(
        ["o.yaml:1: experts[0].variants[0] needs the key 'name'", "o.yaml:1: experts[0].variants[1] needs the key 'name'"],
        Errors("experts: [{ id: a, file: a.gguf, variants: [{ file: b }, { file: c }] }]"));

    [Fact]
    public void Parse_VariantsInDefaults_AreNotAllowed() => Assert.StartsWith(
        "o.yaml:1: unknown key 'variants' in defaults",
        Assert.Single(Errors("defaults: { variants: [{ name: q4, file: b }] }\nexperts: [{ id: a, file: a.gguf }]")), StringComparison.Ordinal);

    [Theory]
    [InlineData("experts: [\n", 2)]
    [InlineData("a: 1\nb: 'open", 2)]
    [InlineData("experts:\n  - id: a\n    id: b", 3)]
    public void Parse_NoYaml_SaysLine(string yaml, int line) =>
        Assert.StartsWith($"o.yaml:{line}: not valid YAML:", Assert.Single(Errors(yaml)), StringComparison.Ordinal);

    [Fact]
    public void Read_MissingFile_SaysItCannotBeRead()
    {
        var path = Path.Combine(Path.GetTempPath(), "there-is-no-such.yaml");
        var error = Assert.Single(Assert.Throws<ConfigException>(() => ConfigReader.Read(path)).Errors);
        Assert.StartsWith($"{path}: cannot be read:", error, StringComparison.Ordinal);
    }

    static OrchestratorConfig Parse(string yaml) => ConfigReader.Parse(yaml, "/etc/o/o.yaml");

    static IReadOnlyList<string> Errors(string yaml) => Assert.Throws<ConfigException>(() => Parse(yaml)).Errors;
}
