//! Mouse and keyboard of the desktop.

use serde_json::json;

use super::table::{Request, desktop};

desktop! {
    MousePosition("mouse_position", "Mouse position", Reads, "Returns where the mouse pointer of a sandbox's desktop is.")
        {} [] => |_| Request::get("mouse/position");
    MouseMove("mouse_move", "Move mouse", Acts, "Moves the mouse pointer of a sandbox's desktop.")
        {
            /// From the left, in pixels
            x: i32,
            /// From the top
            y: i32,
        }
        [] => |it| Request::Post("mouse/move", json!({"x": it.x, "y": it.y}));
    MouseClick("mouse_click", "Click", Acts, "Clicks at a place of a sandbox's desktop.")
        {
            /// From the left, in pixels
            x: i32,
            /// From the top
            y: i32,
        }
        [
            /// left, right or middle [default: left]
            button: String,
            /// Click twice
            double: bool,
        ]
        => |it| Request::Post("mouse/click", json!({"x": it.x, "y": it.y, "button": it.button, "double": it.double}));
    MouseDrag("mouse_drag", "Drag", Acts, "Drags with the mouse from one place of a sandbox's desktop to another.")
        {
            /// Where it begins, from the left, in pixels
            start_x: i32,
            /// From the top
            start_y: i32,
            /// Where it ends, from the left
            end_x: i32,
            /// From the top
            end_y: i32,
        }
        [
            /// left, right or middle [default: left]
            button: String,
        ]
        => |it| Request::Post("mouse/drag", json!({
            "startX": it.start_x, "startY": it.start_y, "endX": it.end_x, "endY": it.end_y, "button": it.button,
        }));
    MouseScroll("mouse_scroll", "Scroll", Acts, "Scrolls at a place of a sandbox's desktop.")
        {
            /// From the left, in pixels
            x: i32,
            /// From the top
            y: i32,
            /// up or down
            direction: String,
        }
        [
            /// How far [default: 3]
            amount: u32,
        ]
        => |it| Request::Post("mouse/scroll", json!({
            "x": it.x, "y": it.y, "direction": it.direction, "amount": it.amount.0.unwrap_or(3),
        }));
    KeyboardType("keyboard_type", "Type text", Acts, "Types text into the window that has the focus on a sandbox's desktop.")
        {
            /// What to type
            text: String,
        }
        [
            /// Milliseconds between keys
            delay: u32,
        ]
        => |it| Request::Post("keyboard/type", json!({"text": it.text, "delay": it.delay}));
    KeyboardPress("keyboard_press", "Press key", Acts, "Presses one key on a sandbox's desktop, e.g. Return or a.")
        {
            /// The key
            key: String,
        }
        [
            /// Held meanwhile: ctrl, alt, shift, cmd
            modifiers: Vec<String>,
        ]
        => |it| Request::Post("keyboard/key", json!({"key": it.key, "modifiers": it.modifiers}));
    KeyboardHotkey("keyboard_hotkey", "Press keys together", Acts, "Presses keys together on a sandbox's desktop.")
        {
            /// The keys, e.g. ctrl+c
            keys: String,
        }
        [] => |it| Request::Post("keyboard/hotkey", json!({"keys": it.keys}));
}
