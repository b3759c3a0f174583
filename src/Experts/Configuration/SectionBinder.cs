using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Orchestrator.Experts.Configuration;

/// <summary>Writes one YAML mapping into one record, reporting every wrong key and value with its line.</summary>
sealed class SectionBinder(string folder, ConfigErrors errors)
{
    /// <summary>Fills a copy of <paramref name="seed"/>; keys in <paramref name="except"/> are not known here.</summary>
    /// <param name="where">The section's name in messages.</param>
    public T Bind<T>(YamlNode node, T seed, string where, params string[] except)
        where T : class
        => (T)BindObject(node, seed, where, except);

    object BindObject(YamlNode node, object seed, string where, string[] except)
    {
        var target = Copy(seed);
        var keys = ConfigKey.Of(target.GetType()).Where(k => !except.Contains(k.Name, StringComparer.Ordinal)).ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in Entries(node, where))
        {
            var name = Known(key, keys.Select(k => k.Name), where);
            if (name is null)
                continue;
            seen.Add(name);
            BindValue(keys.Single(k => k.Name == name), value, target, $"{where}.{name}");
        }

        foreach (var missing in keys.Where(k => k.Required && !seen.Contains(k.Name)))
            errors.Add(node.Start.Line, $"{where} needs the key '{missing.Name}'");
        return target;
    }

    /// <summary>The entries of a mapping; an empty value is an empty section.</summary>
    public IEnumerable<KeyValuePair<YamlNode, YamlNode>> Entries(YamlNode node, string where)
    {
        if (node is YamlMappingNode mapping)
            return mapping.Children;
        if (!IsNull(node))
            errors.Add(node.Start.Line, $"{where} must be 'key: value' lines");
        return [];
    }

    /// <summary>The key's name if it is one of <paramref name="allowed"/>; otherwise reports it.</summary>
    public string? Known(YamlNode key, IEnumerable<string> allowed, string where)
    {
        var written = (key as YamlScalarNode)?.Value ?? "";
        var names = allowed.ToArray();
        if (names.Contains(written, StringComparer.Ordinal))
            return written;
        var hint = KeySuggestion.For(written, names) is { } near
            ? $"did you mean '{near}'?"
            : $"allowed are {string.Join(", ", names)}";
        errors.Add(key.Start.Line, $"unknown key '{written}' in {where}, {hint}");
        return null;
    }

    public string? Text(YamlNode node, string where)
    {
        if (node is YamlScalarNode { Value: { } text } && !IsNull(node))
            return text;
        errors.Add(node.Start.Line, $"{where} must be a single value");
        return null;
    }

    void BindValue(ConfigKey key, YamlNode node, object target, string where)
    {
        if (key.ItemType is { } item)
        {
            key.Set(target, BindList(node, item, where));
            return;
        }

        if (!IsSimple(key.Type))
        {
            // A section that may be absent begins with its record's defaults; its required members are checked by the binder.
            key.Set(target, key.Nullable && IsNull(node) ? null : BindSection(node, key.Get(target) ?? Activator.CreateInstance(key.Type)!, where));
            return;
        }

        if (key.Nullable && (IsNull(node) || IsAuto(key, node)))
        {
            key.Set(target, null);
            return;
        }

        if (Text(node, where) is not { } text)
            return;
        var (value, allowed) = Parse(key, text);
        if (value is null)
            errors.Add(node.Start.Line, $"{where} is '{text}', allowed is {allowed}");
        else
            key.Set(target, value);
    }

    /// <summary>A record, or the one value that may be written in its place.</summary>
    object BindSection(YamlNode node, object seed, string where)
    {
        if (node is not YamlScalarNode || IsNull(node) || ConfigKey.Of(seed.GetType()).FirstOrDefault(k => k.IsShorthand) is not { } only)
            return BindObject(node, seed, where, []);
        var target = Copy(seed);
        BindValue(only, node, target, where);
        return target;
    }

    Array BindList(YamlNode node, Type item, string where)
    {
        if (node is not YamlSequenceNode list)
        {
            if (!IsNull(node))
                errors.Add(node.Start.Line, $"{where} must be a list of '- key: value' entries");
            return Array.CreateInstance(item, 0);
        }

        var items = Array.CreateInstance(item, list.Children.Count);
        for (var i = 0; i < items.Length; i++)
        {
            // Its required members are checked by the binder, not by a constructor.
            var empty = RuntimeHelpers.GetUninitializedObject(item);
            items.SetValue(BindObject(list.Children[i], empty, $"{where}[{i}]", []), i);
        }

        return items;
    }

    /// <summary>The value, or null and what is allowed instead.</summary>
    (object? Value, string Allowed) Parse(ConfigKey key, string text)
    {
        if (key.ByteSize is { } size)
        {
            var inside = Quantities.TryBytes(text, out var bytes) && bytes >= Bytes(size.Minimum) && bytes <= Bytes(size.Maximum);
            return (inside ? bytes : null, $"a size from {size.Minimum} to {size.Maximum}, such as 512MiB or 2GiB" + (key.Nullable ? ", or auto" : ""));
        }

        if (key.Duration is { } span)
        {
            var inside = Quantities.TryDuration(text, out var time) && time >= Time(span.Minimum) && time <= Time(span.Maximum);
            return (inside ? time : null, $"a duration from {span.Minimum} to {span.Maximum}, such as 30s or 10m");
        }

        if (key.IsPath)
            return (ResolvePath(text), "a path that is not empty");
        if (key.Type == typeof(bool))
            return (text switch { "true" => true, "false" => false, _ => null }, "true or false");
        if (key.Type == typeof(DateOnly))
        {
            var read = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
            return (read ? date : null, "a date such as 2025-04-30");
        }

        if (key.Type.IsEnum)
            return (ConfigKey.Choices(key.Type).GetValueOrDefault(text), string.Join(" or ", ConfigKey.Choices(key.Type).Keys));
        if (key.Type == typeof(string))
            return (key.Required && text.Length == 0 ? null : text, "a text that is not empty");
        return Number(key, text);
    }

    string? ResolvePath(string text) =>
        text.Length == 0 || text.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(text, folder);

    static (object? Value, string Allowed) Number(ConfigKey key, string text)
    {
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var whole = key.Type != typeof(float) && key.Type != typeof(double);
        var (least, most) = key.Range is { } range
            ? (Convert.ToDouble(range.Minimum), Convert.ToDouble(range.Maximum))
            : (uint.MinValue, uint.MaxValue);
        var allowed = string.Create(CultureInfo.InvariantCulture, $"a {(whole ? "whole " : "")}number from {least} to {most}");
        var valid = double.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most && (!whole || number == Math.Floor(number));
        return (valid ? Convert.ChangeType(number, key.Type, CultureInfo.InvariantCulture) : null, allowed);
    }

    static bool IsSimple(Type type) => type == typeof(string) || type.IsValueType;

    /// <summary>A size that may be measured instead of given.</summary>
    static bool IsAuto(ConfigKey key, YamlNode node) => key.ByteSize is not null && node is YamlScalarNode { Value: "auto" };

    static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    static long Bytes(string text) => Quantities.TryBytes(text, out var bytes) ? bytes : throw new FormatException(text);

    static TimeSpan Time(string text) => Quantities.TryDuration(text, out var time) ? time : throw new FormatException(text);

    /// <summary>What a <c>with</c> expression calls; it has no name in C#.</summary>
    static object Copy(object record) =>
        record.GetType().GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance)!.Invoke(record, null)!;
}
