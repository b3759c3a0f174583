using System.Text.Json;
using Orchestrator.Experts.Configuration;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.TestKit;

namespace Orchestrator.Experts.Tests.Configuration;

/// <summary>The schema, the records that the reader fills, and the files in <c>configs</c> agree.</summary>
public sealed class ConfigSchemaTests
{
    static readonly JsonElement Schema =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "configs", "orchestrator.schema.json"))).RootElement;

    public static TheoryData<string, object> Sections => new()
    {
        { "server", new ServerConfig() },
        { "engine", new EngineConfig() },
        { "memory", new MemoryConfig() },
        { "scheduler", new SchedulerConfig() },
        { "variant", new VariantConfig { Name = "", File = "" } },
        { "router", new RouterConfig() },
        { "tagger", new TaggerConfig() },
        { "embedder", new EmbedderConfig() },
        { "jobs", new JobsConfig() },
        { "feedback", new FeedbackConfig() },
        { "retrieval", new RetrievalConfig() },
        { "remote", new RemoteConfig { Url = "", Model = "" } },
        { "qdrant", new QdrantConfig { Url = "" } },
        { "sampling", new SamplingOptions() },
        { "expert", new ExpertConfig { Id = "" } },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void Schema_Section_HasTheRecordsKeysRangesAndDefaults(string section, object defaults)
    {
        var schema = Schema.GetProperty("$defs").GetProperty(section);
        var properties = schema.GetProperty("properties");
        var keys = ConfigKey.Of(defaults.GetType());

        Assert.Equal(keys.Select(k => k.Name).Order(), properties.EnumerateObject().Select(p => p.Name).Order());
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(keys.Where(k => k.Required).Select(k => k.Name).Order(), Strings(schema, "required").Order());
        foreach (var key in keys)
            CheckKey(key, properties.GetProperty(key.Name), key.Get(defaults));
    }

    [Fact]
    public void Schema_Defaults_AreTheExpertsKeysButItsOwn()
    {
        var defaults = Schema.GetProperty("$defs").GetProperty("defaults").GetProperty("properties");
        Assert.Equal(
            ConfigKey.Of(typeof(ExpertConfig)).Select(k => k.Name).Except(ConfigReader.ExpertOnly).Order(),
            defaults.EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public void Schema_Root_HasTheReadersSections() =>
        Assert.Equal(ConfigReader.RootKeys.Order(), Schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "configs"), "*.yaml", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Combine(Repository.Root, "configs"), f))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_FileInConfigs_IsValidAndNamesTheSchema(string file)
    {
        var path = Path.Combine(Repository.Root, "configs", file);
        var config = ConfigReader.Read(path);

        Assert.All(config.Experts, e => Assert.NotEqual("", e.Description));
        var first = File.ReadLines(path).First();
        const string Comment = "# yaml-language-server: $schema=";
        Assert.StartsWith(Comment, first, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, first[Comment.Length..])));
    }

    static void CheckKey(ConfigKey key, JsonElement schema, object? value)
    {
        if (key.Range is { } range)
        {
            Assert.Equal(Convert.ToDouble(range.Minimum), schema.GetProperty("minimum").GetDouble());
            Assert.Equal(Convert.ToDouble(range.Maximum), schema.GetProperty("maximum").GetDouble());
        }

        if (key.ByteSize is not null || key.Duration is not null)
            Assert.Equal($"#/$defs/{Quantity(key)}", schema.GetProperty("$ref").GetString());
        else if (schema.TryGetProperty("type", out var type))
            Assert.Equal(key.Nullable, type.ValueKind == JsonValueKind.Array);
        if (schema.TryGetProperty("default", out var stated))
            Assert.Equal(value, Value(key, stated));
        else
            Assert.True(key.Required || key.Type == typeof(SamplingOptions) || key.Type == typeof(TaggerConfig) || key.Type == typeof(EmbedderConfig), $"{key.Name} states no default");
        if (key.Type.IsEnum)
            Assert.Equal(ConfigKey.Choices(key.Type).Keys.Order(), Strings(schema, "enum").Order());
    }

    static string Quantity(ConfigKey key) => (key.ByteSize, key.Nullable) switch
    {
        (null, false) => "duration",
        (null, true) => "duration_or_never",
        (_, false) => "size",
        _ => "size_or_auto",
    };

    static object? Value(ConfigKey key, JsonElement stated)
    {
        if (stated.ValueKind == JsonValueKind.Null)
            return null;
        if (key.ByteSize is not null)
            return Quantities.TryBytes(stated.GetString()!, out var bytes) ? bytes : null;
        if (key.Duration is not null)
            return Quantities.TryDuration(stated.GetString()!, out var time) ? time : null;
        if (key.Type.IsEnum)
            return ConfigKey.Choices(key.Type).GetValueOrDefault(stated.GetString()!);
        return key.ItemType is null ? stated.Deserialize(key.Type) : stated.GetArrayLength() == 0 ? Array.CreateInstance(key.ItemType, 0) : null;
    }

    static IEnumerable<string> Strings(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(e => e.GetString()!) : [];
}
